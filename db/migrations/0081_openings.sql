-- The text with which staff open a ticket is what a customer told them: it was sent to nobody, so it is not "sent".
update messages m set delivery_state = 'received' from events e
where e.kind = 'message.posted' and e.data ? 'opening' and e.subject_id = m.id
  and m.delivery_state = 'sent' and m.connection_id is null;
