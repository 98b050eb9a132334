import type { Invariant } from "#kernel/invariant.ts"

export const replyInvariants: Invariant[] = [
  {
    name: "queued_messages_have_a_send",
    why: "A message that says it is queued is in the outbox, so that it leaves.",
    remedy: "Send the message again from its ticket.",
    find: `select m.id from messages m where m.delivery_state = 'queued' and m.direction = 'out' and m.connection_id is not null
      and not exists (select from sends s where s.message_id = m.id and s.state in ('queued', 'sending'))`,
  },
  {
    name: "sends_are_judged",
    why: "A try that a dead server left behind is judged within minutes, while a worker runs.",
    remedy: "Start a server with HILO_ROLE all or worker; its log says why sends are not judged.",
    find: `select message_id from sends where state = 'sending' and claimed_at < now() - interval '10 minutes'`,
  },
]
