"""CHECKING: 督促检查、情况通报、监督问责. Between tasks and notifications; its nouns come with their own issues."""
