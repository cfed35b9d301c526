"""A disclosure of harm is met with help before anything else. Its text is kept nowhere."""
