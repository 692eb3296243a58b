"""The index: everything `cms.findable` knows, in the memory of this process, for one language of readers.

tantivy does the work: words are lowered, stemmed for English or Norwegian and freed of accents, and hits are ranked by
BM25, so the answer does not depend on the database. Why not the database's own search: docs/decisions/0012-search.md.
The index knows no visitor; whoever shows hits asks who may see them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import tantivy

from cms.findable import Item, Passage
from cms.search.rules import MOST_WORDS

STEMMED = {"en": "english", "nb": "norwegian"}
PLAIN = "plain"
HEAP = 20_000_000
"""Bytes tantivy may use while it builds."""
TITLE, SUMMARY, NEAR, BEGUN = 5.0, 2.0, 0.25, 0.4
"""How much more, or less, than in the body a word counts: in a title, a summary, misspelt, begun."""
MOST_HITS = 2000


def _analyzer(stemmer: str | None) -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    builder = builder.filter(tantivy.Filter.remove_long(60)).filter(tantivy.Filter.lowercase())
    if stemmer:
        builder = builder.filter(tantivy.Filter.stemmer(stemmer))
    return builder.filter(tantivy.Filter.ascii_fold()).build()


ANALYZERS = {**{language: _analyzer(name) for language, name in STEMMED.items()}, PLAIN: _analyzer(None)}
Weights = dict[str, float]
FIELDS: Weights = {"title": TITLE, "summary": SUMMARY, "body": 1.0}
PLAIN_FIELDS: Weights = {"title_words": TITLE, "words": 1.0}
PASSAGE: Weights = {"passage": 1.0}
PASSAGE_PLAIN: Weights = {"passage_words": 1.0}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw")
    builder.add_text_field("passage_of", tokenizer_name="raw")
    builder.add_unsigned_field("number", stored=True)
    for language in STEMMED:
        for field in (*FIELDS, "passage"):
            builder.add_text_field(f"{field}_{language}", tokenizer_name=language)
    builder.add_text_field("words", tokenizer_name=PLAIN)
    builder.add_text_field("title_words", tokenizer_name=PLAIN)
    builder.add_text_field("passage_words", tokenizer_name=PLAIN)
    return builder.build()


SCHEMA = _schema()
Q, Occur = tantivy.Query, tantivy.Occur


@dataclass(frozen=True, slots=True)
class Asked:
    """A search: the words as typed and lowered, and the stems of each in every language."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Asked":
        return cls(tuple(dict.fromkeys(ANALYZERS[PLAIN].analyze(text)))[:MOST_WORDS])

    def stems(self, language: str) -> list[str]:
        return [stem for word in self.words for stem in ANALYZERS[language].analyze(word)[:1]]

    def query(self, prefix: str = "") -> tantivy.Query:
        """All words, each in any field. With `prefix` “passage_”, in passages."""
        fields, plain = (PASSAGE, PASSAGE_PLAIN) if prefix else (FIELDS, PLAIN_FIELDS)
        last = len(self.words) - 1
        wanted = [self.word(word, fields, plain, begun=n == last) for n, word in enumerate(self.words)]
        return Q.boolean_query([(Occur.Must, one) for one in wanted])

    def some(self) -> tantivy.Query:
        """Any of the words, for when nothing has them all."""
        wanted = [self.word(word, FIELDS, PLAIN_FIELDS, begun=False) for word in self.words]
        return Q.boolean_query([(Occur.Should, one) for one in wanted])

    def word(self, word: str, fields: Weights, plain: Weights, *, begun: bool) -> tantivy.Query:
        ways = []
        for language in STEMMED:
            for stem in ANALYZERS[language].analyze(word)[:1]:
                ways += [
                    Q.boost_query(Q.term_query(SCHEMA, f"{field}_{language}", stem), weight)
                    for field, weight in fields.items()
                ]
        for field, weight in plain.items():
            if len(word) > 3:
                near = Q.fuzzy_term_query(SCHEMA, field, word, 2 if len(word) > 8 else 1)
                ways.append(Q.boost_query(near, NEAR * weight))
            if begun and len(word) > 2:
                ways.append(Q.boost_query(Q.phrase_prefix_query(SCHEMA, field, [word]), BEGUN * weight))
        return Q.disjunction_max_query(ways, 0.1)


class Index:
    """One language's items and passages, to look up."""

    def __init__(self, items: Iterable[Item], passages: Iterable[tuple[str, Passage]]) -> None:
        self.passages: dict[str, list[Passage]] = {}
        for key, passage in passages:
            self.passages.setdefault(key, []).append(passage)
        self._index = tantivy.Index(SCHEMA)
        for name, analyzer in ANALYZERS.items():
            self._index.register_tokenizer(name, analyzer)
        writer = self._index.writer(heap_size=HEAP, num_threads=1)
        for item in items:
            self._add(writer, item)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def _add(self, writer: tantivy.IndexWriter, item: Item) -> None:
        language = item.language if item.language in STEMMED else "en"
        texts = [passage.text for passage in self.passages.get(item.key, ())]
        document = tantivy.Document()
        document.add_text("key", item.key)
        document.add_text(f"title_{language}", item.title)
        document.add_text(f"summary_{language}", item.summary)
        for text in texts:
            document.add_text(f"body_{language}", text)
        document.add_text("title_words", item.title)
        for text in (item.summary, *texts):
            document.add_text("words", text)
        writer.add_document(document)
        for number, text in enumerate(texts):
            part = tantivy.Document()
            part.add_text("passage_of", item.key)
            part.add_unsigned("number", number)
            part.add_text(f"passage_{language}", text)
            part.add_text("passage_words", text)
            writer.add_document(part)

    def keys(self, asked: Asked) -> tuple[list[tuple[str, float]], bool]:
        """(item key, score) of what has all words, best first, and True; else of what has some, and False."""
        searcher = self._index.searcher()
        whole = self._keys(searcher, asked.query())
        if whole or len(asked.words) < 2:
            return whole, True
        return self._keys(searcher, asked.some()), False

    def _keys(self, searcher: tantivy.Searcher, query: tantivy.Query) -> list[tuple[str, float]]:
        hits = searcher.search(query, MOST_HITS).hits
        return [(str(searcher.doc(address)["key"][0]), float(score)) for score, address in hits]

    def best_passage(self, key: str, asked: Asked) -> Passage | None:
        """The passage of an item that answers best; None when only its title or summary does."""
        searcher = self._index.searcher()
        within = Q.term_query(SCHEMA, "passage_of", key)
        for query in (asked.query("passage_"), self._any(asked)):
            both = Q.boolean_query([(Occur.Must, Q.const_score_query(within, 0)), (Occur.Must, query)])
            if hits := searcher.search(both, 1).hits:
                return self.passages[key][int(searcher.doc(hits[0][1])["number"][0])]
        return None

    def _any(self, asked: Asked) -> tantivy.Query:
        wanted = [asked.word(word, PASSAGE, PASSAGE_PLAIN, begun=False) for word in asked.words]
        return Q.boolean_query([(Occur.Should, one) for one in wanted])
