"""Numbers as provisions are numbered: in Chinese, and in Roman numerals."""

import re


def ordinal(written: str, language: str) -> str:
    """Say the number of an article or item as a language does; a letter stays as it is."""
    if language != "zh":
        return written
    if written.isdecimal():
        return chinese_number(int(written))
    return chinese_number(roman(written)) if re.fullmatch("[ivx]+", written) else written


def chinese_number(number: int) -> str:
    """Write a number below a hundred as articles are numbered: 十四 for 14."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    head = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
    return head + (digits[ones] if ones or not tens else "")


def roman(numeral: str) -> int:
    """Read a number written in small Roman numerals, below forty."""
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in numeral]
    following = (*values[1:], 0)
    return sum(
        -one if one < after else one for one, after in zip(values, following, strict=True)
    )
