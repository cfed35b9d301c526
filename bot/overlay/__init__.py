"""What organisers edit in the chat, over the files of content/."""
