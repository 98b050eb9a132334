// Every fact that Hilo records. Compared with docs/events.md by a test.
export const eventKinds = {
  "ticket.created":
    "A ticket exists now; `why` says which rule made it (silent: what opened it was there before its connection, and nobody is notified).",
  "ticket.reopened": "A closed or resolved ticket became active again (from, to, by message or by hand).",
  "ticket.status_changed": "The status moved along the lifecycle (from, to).",
  "ticket.closed": "The ticket was closed.",
  "ticket.resolved": "The ticket was resolved.",
  "ticket.assigned":
    "Agent or team changed (agentId, previousAgentId, teamId, previousTeamId, override; `changeId` finds its reason).",
  "ticket.routed": "Hilo looked for somebody and left the ticket where it is; `why` says the reason.",
  "ticket.freed":
    "Nobody has the ticket any more and somebody is looked for: its agent (previousAgentId) is gone and leads are notified (leadIds), or it was escalated to another team (teamGiven), or its customer writes again on what was in a mailbox before that was connected (awoken).",
  "ticket.updated":
    "Fields changed by hand; `changes` names them, `changeId` finds what they were and are; also links (linked, unlinked), and the customer (contact; override, whose reason it finds too).",
  "ticket.snoozed": "The ticket was snoozed (until).",
  "ticket.woken": "A snoozed ticket is in the open views again.",
  "ticket.closing_announced":
    "The ticket is to close by itself unless its customer writes (closesAt); they are notified where a channel can carry it.",
  "ticket.looked_at": "An admin read a ticket that is not of their teams; once a day each. The ticket is the subject.",
  "ticket.read":
    "Unread messages were marked as read; the last one on the screen is the subject, and unread counts what came after it.",
  "ticket.merged": "Another ticket was merged into it (source, messages).",
  "ticket.merged_away":
    "The ticket was closed and points to another one (target; from: its status before; override; `changeId` finds its reason).",
  "ticket.unmerged": "The merge was undone: the ticket is what it was before (target, to, messages).",
  "ticket.merge_undone": "A ticket that was merged into this one is on its own again (source, messages).",
  "ticket.split": "Some of its messages started another ticket (target, messages).",
  "ticket.split_off": "The ticket was started with messages of another one (source, messages).",
  "ticket.sla_warned":
    "80 % of a target's working time have passed (metric, cycle, dueAt, minutesRemaining; notifyIds are notified, quiet: nobody is).",
  "ticket.sla_breached":
    "A target's due time was reached before its end (metric, cycle, dueAt; notifyIds are notified, quiet: nobody is).",
  "agreement.evidence_added":
    "A system said something about a ticket, or Hilo did something (said); open screens show it, and the agreement is the subject.",
  "agreement.reopened":
    "A ticket was reopened in the work system, where it had been closed alone (cycle, recreado, systemId); the agreement is the subject.",
  "agreement.escalated":
    "It was reopened again and again (cycle, recreado; notifyIds are notified); the agreement is the subject.",
  "agreement.disagreed":
    "The two systems do not agree and nothing is done about it (because: shadow or refused); the agreement is the subject.",
  "ticket.escalated":
    "Its policy wants more than notifications (on, metric, priority, teamId); the policy is the subject.",
  "ticket.waited":
    "Nobody wrote for as long as an automation rule waits (waitsFor, waitedMinutes); the rule is the subject, the message `messageId`.",
  "automation.applied":
    "An automation rule acts on the ticket (version); the rule is the subject, what it does has this event as its cause, and `why` says what led to it.",
  "automation.refused":
    "An action of an automation rule was not done (action); the rule is the subject, `why` says the reason.",
  "survey.sent": "The ticket's customer was asked how it was; the survey is the subject (way).",
  "survey.skipped": "The ticket's customer was not asked how it was; `why` says the reason.",
  "survey.answered": "The customer answered a survey, which is the subject (score).",
  "incident.repeated": "An active incident failed again (refs: how many times; priority when that was raised).",
  "incident.raised": "An incident's score became high, and its priority with it (score, priority).",
  "incident.updated": "An incident was changed through its own API (updates).",
  "doctor.repaired": "hilo doctor --repair put right what a check found (check, found, left).",
  "carrier_word.changed": "Somebody said what a carrier's status word means, or took it back (change).",
  "message.received":
    "A message that came in was stored on the ticket (direction; silent: it was there before its connection); `why` says how it found it.",
  "message.posted": "A public message of ours was stored on the ticket.",
  "message.forwarded":
    "What was said on the ticket was forwarded by mail to somebody else (contactId; messages: how many).",
  "message.noted": "An internal note was written (mentions: whom it calls).",
  "message.attached":
    "A message was stored on a ticket without waking it or anybody; `why` says the reason (blocked: true when its writer is; silent as for one that is received).",
  "message.delivery_changed":
    "The delivery state of an outgoing message changed (from, to; code, class and retries of a failure).",
  "message.sent_again": "A reply that nobody could get went to an address that is known since.",
  "message.failure_dismissed": "Somebody saw that a message did not arrive, and needs nothing more of it.",
  "message.files_announced": "The message has files that the channel still keeps.",
  "message.files_changed": "A file of the message came, or never will (state).",
  "contact.created": "A contact was made by hand.",
  "contact.changed": "A contact was changed by hand (changes).",
  "contact.deleted": "A contact without tickets was removed.",
  "contact.merged": "Two contacts became one (source, target).",
  "contact.merge_undone": "Two contacts are two again (source, target).",
  "contact.identified":
    "A contact gained an identity (identityKind, identityId, proof, isConfirmed). The first of one whom a channel brings comes with the ticket.",
  "contact.identity_removed": "An identity was taken from a contact (identityKind, identityId).",
  "contact.identity_confirmed": "Somebody said that an identity is the contact's own (identityKind, identityId).",
  "contact.identity_claimed":
    "The contact said, from an address known to be theirs, that another one is theirs too (identityKind, identityId).",
  "contact.identity_disowned":
    "The contact said, from an address known to be theirs, that another one is not theirs (identityKind, identityId).",
  "contact.marketing_changed":
    "The holder of an identity wants no marketing there, or wants it again (identityId, wants, by: word, channel or refusal).",
  "contact.looked_up": "Somebody asked for the name of a contact by a whole address.",
  "user.created": "A staff or customer account was made.",
  "user.changed": "An account changed (changes).",
  "user.disabled": "An account was switched off or on.",
  "user.password_reset": "An admin set a new password; all sessions and API keys of the account ended.",
  "user.invited": "Somebody was given a link with which they set their password.",
  "session.ended": "Somebody signed out.",
  "presence.changed": "Somebody came online, is busy, went away or left (status).",
  "automation_rule.changed": "An automation rule was made, changed or removed (change, version).",
  "rule.changed": "An assignment rule was made, changed or removed (change, version).",
  "sla_policy.changed": "An SLA policy was made, changed or removed (change, fields, version).",
  "team.changed": "A team was made, changed or removed (change).",
  "key.created": "An API key was made.",
  "key.changed": "An API key was renamed.",
  "key.revoked": "An API key was revoked.",
  "calendar.changed": "A calendar was made, changed or removed (change, fields).",
  "category.changed": "A category was made, changed or removed (change).",
  "custom_field.changed": "A custom field of tickets was defined, changed or removed (change).",
  "campaign.changed": "A campaign was made, renamed or removed, or gained a shipment (change).",
  "linked_system.changed": "An outside system was linked, changed or taken out of use (change, fields).",
  "connection.changed": "A connection was made, changed or removed (change).",
  "connection.alerted":
    "Admins are notified of a connection, which is the subject (alert: failing, well or flooded; code: what fails).",
  "view.changed": "A saved view was made, changed or removed (change, visibility, teamId).",
  "saved_reply.changed": "A saved reply was made, changed or removed (change, fields).",
  "macro.changed": "A macro was made, changed or removed (change, fields).",
  "macro.applied": "A macro was used on the ticket; the macro is the subject (runId, changes).",
  "macro.undone": "What a macro changed was taken back (runId, changes).",
  "tickets.deadlines_moved":
    "SLA deadlines of tickets were counted, and open screens show them (ticketIds; without: of more than are sent one by one).",
  "tickets.exported": "Tickets, or incidents, were taken out as CSV (filters, count).",
  "import.started": "An import of another system's tickets began (source).",
  "import.finished":
    "An import ended, or was broken off (source, tickets, messages, contacts, users, attachments, known, refused); open screens fetch their lists anew.",
  "setting.changed": "A named setting changed (name).",
} as const

export type EventKind = keyof typeof eventKinds
