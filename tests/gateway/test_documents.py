"""Score reports and receipts on paper, read back from the PDF."""

import io
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from gateway.documents import exams
from gateway.documents.printing import file_name, press
from gateway.language.reader import Reader, addressing
from tests.gateway.stand_ins_known import NAME

PROFILE = {
    "candidate_id": "C-ADA", "name": NAME,
    "address": {
        "lines": ["12 Box Hill Road"], "city": "Dorking", "state": "Surrey", "postal_code": "RH5 6BY", "country": "GB",
    },
}  # fmt: skip
REPORT = {
    "result_id": "R1", "exam": "200-301", "title": "Networking basics", "taken_on": "2026-11-20", "outcome": "fail",
    "score": 790, "exam_version": "v1.1", "attempt": 2, "site": "Osaka", "next_allowed_on": "2026-11-26",
    "domains": [{"name": "IP services", "percent": 61}, {"name": "#panic() *bold* $x$", "percent": 0}],
}  # fmt: skip
PAID = {
    "receipt_id": "A-1", "order_number": "P-1A2B3-4C5D6", "item": "exam", "exam": "200-301",
    "title": "Networking basics", "currency": "USD", "price": 30_000, "discount": 15_000, "tax": 3_150,
    "total": 18_150, "voucher": "LEARN50", "paid_at": "2026-11-20T12:00:00+00:00", "refunded_at": None,
    "seller": ["Certtrack Certification Programme", "1 Example Square"],
}  # fmt: skip


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def fonts_of(pdf: bytes) -> set[str]:
    page = PdfReader(io.BytesIO(pdf)).pages[0]
    return {str(font["/BaseFont"]).partition("+")[2] for font in page["/Resources"]["/Font"].values()}


@pytest.mark.feature("F10.9")
def test_a_score_report_shows_result_score_and_domains_and_never_runs_what_it_prints():
    told = text_of(press().printed(exams.score_report(REPORT, PROFILE), "en"))
    for words in (
        "Score report", NAME, "C-ADA", "790 of 1000", "20 November 2026", "Fail", "61 %", "#panic() *bold* $x$",
    ):  # fmt: skip
        assert words in told
    assert "not published" in told


@pytest.mark.feature("F10.10")
def test_a_receipt_names_seller_buyer_order_price_discount_tax_and_total():
    told = text_of(press().printed(exams.receipt(PAID, PROFILE), "en"))
    for words in (
        "P-1A2B3-4C5D6", "Certtrack Certification Programme", "12 Box Hill Road", "RH5 6BY Dorking Surrey",
        "United Kingdom", "US$300.00", "LEARN50", "US$150.00", "US$31.50", "US$181.50",
    ):  # fmt: skip
        assert words in told
    assert "Refunded" not in told


@pytest.mark.feature("F10.10")
def test_a_refund_stands_on_the_receipt_with_its_sum_and_moment():
    refunded = {**PAID, "refunded_at": "2026-11-22T08:30:00+00:00"}
    told = text_of(press().printed(exams.receipt(refunded, PROFILE), "en"))
    assert "22 November 2026, 08:30 UTC" in told
    assert told.count("US$181.50") == 2
    assert text_of(press().printed(exams.receipt(PAID, PROFILE), "en")).count("US$181.50") == 1


@pytest.mark.feature("F10.9")
@pytest.mark.parametrize(
    ("name", "language", "font"),
    [
        ("محمد علي", "ar", "Arabic"),
        ("山田太郎", "ja", "CJK"),
        ("Ķārlis Ŵyn İpek", "en", "NotoSans"),
    ],
)
def test_names_of_every_script_print_with_letters_of_their_own(name, language, font):
    with addressing(Reader(language)):
        made = press().printed(exams.score_report(REPORT, {**PROFILE, "name": name}), language)
    assert any(font in one for one in fonts_of(made)), fonts_of(made)
    assert "\ufffd" not in text_of(made)


def test_the_same_sheet_gives_the_same_bytes_and_a_sound_file(tmp_path: Path):
    sheet = exams.receipt(PAID, PROFILE)
    one, two = press().printed(sheet, "en"), press().printed(sheet, "en")
    assert one == two
    (tmp_path / "receipt.pdf").write_bytes(one)
    document = PdfReader(io.BytesIO(one))
    assert (document.metadata.title, document.trailer["/Root"]["/Lang"]) == ("Receipt P-1A2B3-4C5D6", "en")
    judged = subprocess.run(["qpdf", "--check", tmp_path / "receipt.pdf"], capture_output=True, text=True, check=False)
    assert (judged.returncode, "No syntax or stream encoding errors" in judged.stdout) == (0, True), judged.stdout


def test_a_files_name_is_plain():
    assert file_name("receipt", "P-1/../x\n") == "receipt-p-1----x-"
