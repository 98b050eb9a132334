// Stands where a message holds something else than words.
export const received = {
  "received.image": "Photo",
  "received.video": "Video",
  "received.audio": "Audio",
  "received.voice": "Voice message",
  "received.document": "Document",
  "received.sticker": "Sticker",
  "received.location": "Location",
  "received.contact": "Contact",
  "received.form": "Form",
  "received.order": "Order",
  "received.advert": "Came from the advertisement {headline}",
  "received.edited": "Changed to: {text}",
  "received.deleted": "The message was deleted by its sender",
  "received.unsupported": "A message of a kind that WhatsApp does not pass on",
  "received.group": "WhatsApp group",
}
