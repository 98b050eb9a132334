-- When an address was last written to about chats. Queries name the beginning of these ids as it stands here.
create index outgoing_emails_of_chats on outgoing_emails (recipient, created_at) where starts_with(id, 'mai_chat_');
