"""The one place where core, handlers and storage meet. `runtime` is the running bot, `commands` the rest."""
