"""What people of ours do in conversations: take over, write, approve, hand back."""
