// What a WhatsApp message says that is more than words, and how a conversation begins there.
export const whatsappMessages = {
  "whatsapp.received.call": "WhatsApp call",
  "whatsapp.received.callsAllowed": "Allowed calls on WhatsApp",
  "whatsapp.received.callsRefused": "Did not allow calls on WhatsApp",
  "whatsapp.received.group": "WhatsApp group",
  "whatsapp.received.unsupported": "A message of a kind that WhatsApp does not pass on",
  "whatsapp.startConversation": "Start a WhatsApp conversation",
}
