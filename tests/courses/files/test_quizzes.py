from courses.files import gift
from courses.files.quizzes import as_markdown, question_problems


def converted(text: str, language: str = "en") -> gift.Question:
    return as_markdown(gift.loads(text)[0], language)


def test_plain_text_stays_what_it_says_in_markdown():
    assert converted("[plain]2 * 3 * 4 <b>?{T}").text == gift.Text(r"2 \* 3 \* 4 \<b\>?")


def test_html_becomes_markdown_in_questions_and_words_in_answers():
    question = converted(
        "[html]<p>A <b>bold</b> a*b</p><p>two<script>alert(1)</script></p>{=<i>yes</i>#<p>a</p><p>b</p> ~no}"
    )
    assert question.text == gift.Text("A **bold** a\\*b\n\ntwo")
    assert question.options[0] == gift.Option(gift.Text("yes"), 100, gift.Text("a b"))


def test_true_and_false_are_in_the_language_of_the_course():
    assert [option.text.text for option in converted("Er det så?{T}", "nb").options] == ["Sant", "Usant"]


def problems(text: str) -> list[tuple[int, str]]:
    return list(question_problems(gift.loads(text)))


def test_says_what_keeps_a_question_from_being_asked():
    found = problems("So?{T}\n\n// [id:a b]\nSo?{T}\n\n// [id:q]\nWhich?{=a =b ~c}\n\n// [id:q]\nWhich?{=a ~A}")
    assert [line for line, _message in found] == [1, 4, 7, 10, 10]
    assert "no id" in found[0][1]
    assert "letters, digits and dashes" in found[1][1]
    assert "Exactly one answer" in found[2][1]
    assert "say the same" in found[3][1]
    assert "used twice" in found[4][1]


def test_says_what_is_too_long():
    found = problems("// [id:q]\nWhich?{=" + "a" * 601 + "#" + "b" * 1001 + " ~c}")
    assert [message.split("“")[0] for _line, message in found] == ["The option ", "The feedback "]
