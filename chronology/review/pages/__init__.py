"""The pages, each in a module of its own, in the order of the menu."""

from flask import Blueprint

from chronology.review.pages import (
    assets,
    downloads,
    entry,
    files,
    home,
    manual,
    people,
    questions,
    record,
    sources,
    timeline,
)

BLUEPRINTS: tuple[Blueprint, ...] = (
    assets.blueprint,
    downloads.blueprint,
    entry.blueprint,
    files.blueprint,
    home.blueprint,
    manual.blueprint,
    people.blueprint,
    questions.blueprint,
    record.blueprint,
    sources.blueprint,
    timeline.blueprint,
)

#: The menu: endpoint, and what it is called.
CONTENTS: tuple[tuple[str, str], ...] = (
    ("home.home", "Case"),
    ("files.files", "Add files"),
    ("questions.questions", "Questions"),
    ("timeline.timeline", "Timeline"),
    ("people.people", "People"),
    ("record.decisions", "Decisions"),
    ("record.log", "Log"),
    ("downloads.downloads", "Downloads"),
)
