// What stands for a WhatsApp message that is more than words.
export const receivedWhatsappKinds = {
  "whatsapp.received.call": "WhatsApp call",
  "whatsapp.received.callsAllowed": "Allowed calls on WhatsApp",
  "whatsapp.received.callsRefused": "Did not allow calls on WhatsApp",
  "whatsapp.received.group": "WhatsApp group",
  "whatsapp.received.unsupported": "A message of a kind that WhatsApp does not pass on",
}
