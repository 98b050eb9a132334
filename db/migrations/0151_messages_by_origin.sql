-- With which address a conversation began is asked of merged ones too, whose messages are where they were merged into.
create index messages_of_origin_ticket on messages (origin_ticket_id, position) where origin_ticket_id is not null;
