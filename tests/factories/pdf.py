"""PDFs for tests, written by hand: as many pages as asked for, of any size, with a word in them."""


def pdf(pages: int = 1, *, width: float = 595, height: float = 842, word: str = "Harbour") -> bytes:
    """A valid PDF. Every page has the same size and says `word`; the word stands in the file as it is."""
    first = 5
    kids = " ".join(f"{first + n} 0 R" for n in range(pages))
    text = f"BT /F1 40 Tf 60 {height / 2:.0f} Td ({word}) Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        *[
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents 4 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        ]
        * pages,
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode())
