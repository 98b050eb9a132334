// Elements of webhooks that could not be processed.
export const failedDeliveries = {
  "settings.failed-deliveries": "Failed incoming messages",
  "failedDeliveries.intro": "Messages that Hilo could not process. Nothing else waits for them, and none is lost.",
  "failedDeliveries.empty":
    "No failed messages. What cannot be processed appears here, to be looked at and tried again.",
  "failedDeliveries.tries": "{count, plural, one {tried once} other {tried # times}}",
  "failedDeliveries.replay": "Try again",
  "failedDeliveries.replayed": "Processed. It is in its conversation now.",
  "failedDeliveries.failedAgain": "It failed again: {reason}",
  "failedDeliveries.element": "Received data",
}
