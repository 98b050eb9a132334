// What stands where a received message holds something else than words.
export const receivedMessageKinds = {
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
}
