import pytest

from lms.core.embeds import read_embed


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/watch?v=abc_DEF-123&t=5",
        "https://youtu.be/abc_DEF-123?si=x",
        "https://m.youtube.com/shorts/abc_DEF-123",
        "https://www.youtube-nocookie.com/embed/abc_DEF-123",
    ],
)
def test_videos_of_youtube(address: str) -> None:
    embed = read_embed(address)
    assert embed is not None
    assert embed.frame == "https://www.youtube-nocookie.com/embed/abc_DEF-123"


def test_videos_of_vimeo() -> None:
    for address in ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?h=1"):
        embed = read_embed(address)
        assert embed is not None
        assert embed.frame == "https://player.vimeo.com/video/76979871?dnt=1"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/watch?v=abc",
        "https://youtube.com.evil.example/watch?v=abc",
        "https://evil.example/https://youtu.be/abc",
        "javascript:alert(1)//youtu.be/abc",
        'https://youtu.be/abc"onload="x',
        "https://youtu.be/../../evil",
        "https://www.youtube.com/",
        "https://vimeo.com/about",
        "ftp://youtu.be/abc",
        "",
        "https://[youtu.be/abc",
    ],
)
def test_everything_else_is_refused(address: str) -> None:
    assert read_embed(address) is None
