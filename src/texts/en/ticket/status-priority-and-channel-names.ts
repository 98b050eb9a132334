// What the statuses, kinds, priorities and channels of tickets are called.
export const statusPriorityAndChannelNames = {
  "status.new": "New",
  "status.active": "Open",
  "status.waiting": "Waiting",
  "status.resolved": "Resolved",
  "status.closed": "Closed",

  "kind.conversation": "Conversation",
  "kind.support": "Support",
  "kind.incident": "Incident",
  "kind.mirrored": "Mirrored",

  "priority.low": "Low",
  "priority.medium": "Medium",
  "priority.high": "High",
  "priority.urgent": "Urgent",

  "channel.web": "Web",
  "channel.whatsapp": "WhatsApp",
  "channel.email": "E-mail",
  "channel.chat": "Chat",
  "channel.api": "API",
  "channel.phone": "Phone",
}
