"""The themes of the house, one module each: whatever stands in this folder is held to the laws."""

from importlib import import_module
from pkgutil import iter_modules

from tests.architecture.theme import Theme

THEMES: tuple[Theme, ...] = tuple(
    import_module(f"{__name__}.{found.name}").THEME for found in sorted(iter_modules(__path__), key=lambda m: m.name)
)
NOUNS = {noun.name: noun for theme in THEMES for noun in theme.nouns}
PLURALS = {noun.plural: noun for noun in NOUNS.values()}
LIFECYCLES = [lifecycle for theme in THEMES for lifecycle in theme.lifecycles]
DEEDS = [deed for theme in THEMES for deed in theme.deeds]
TURNS = {noun: turns for theme in THEMES for noun, turns in theme.turns.items()}
PARTS = {noun: parts for theme in THEMES for noun, parts in theme.parts.items()}
OF_NOUN = {noun.name: theme for theme in THEMES for noun in theme.nouns}
TAKEN_BY_OTHERS = {step: taker for theme in THEMES for step, taker in theme.taken_by_others.items()}
