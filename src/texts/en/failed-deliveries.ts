// Pieces of webhooks that could not be taken in.
export const failedDeliveries = {
  "settings.aside": "Failed incoming messages",
  "aside.intro": "Messages that Hilo could not process. Nothing else waits for them, and none is lost.",
  "aside.empty": "No failed messages",
  "aside.emptyText": "What cannot be processed appears here, to be looked at and tried again.",
  "aside.tries": "{count, plural, one {tried once} other {tried # times}}",
  "aside.replay": "Try again",
  "aside.replayed": "Processed. It is in its conversation now.",
  "aside.stillBad": "It failed again: {reason}",
  "aside.element": "Received data",
}
