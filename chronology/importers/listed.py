"""How tables of words are written in this package."""


def listed(text: str) -> tuple[str, ...]:
    """Items parted by bars, as tables of words are written in this package. >>> listed("nhs number
    | ward") ('nhs number', 'ward')"""
    return tuple(" ".join(part.split()) for part in text.split("|") if part.strip())
