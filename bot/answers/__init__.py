"""What a question leads to in the chat: the answer, suggestions, or the offer to pass it on."""
