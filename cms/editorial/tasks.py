"""The editors' part's work by the clock. Safe twice, late and together."""

from cms.editorial import actions, links, selectors
from cms.editorial.writings import links as published_links


def check_links() -> None:
    """Look at every link in what is published: ours inside this process, those of others over the network.

    An address elsewhere is asked once a week, and while it fails once a day; so the job runs daily with a bounded
    number of questions, one at a time.
    """
    actions.record_links(links.collected(published_links()), ours=links.is_ours)
    actions.check_links(links.Ourselves().ask, list(selectors.our_links()))
    actions.check_links(links.ask, list(selectors.links_to_ask()))
