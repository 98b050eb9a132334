-- Nearly all tickets are over within two weeks. A search by latest activity asks for those that were not.
create index tickets_long_lived on tickets (last_message_at desc, id desc) where last_message_at - created_at > interval '14 days';
