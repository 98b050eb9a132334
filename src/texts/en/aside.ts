// Pieces of webhooks that could not be taken in.
export const aside = {
  "settings.aside": "Set aside",
  "aside.intro": "What arrived and could not be understood. Nothing else waits for it, and nothing of it is lost.",
  "aside.empty": "Nothing is set aside",
  "aside.emptyText": "Whatever cannot be taken in will stand here, to be looked at and tried again.",
  "aside.tries": "{count, plural, one {tried once} other {tried # times}}",
  "aside.replay": "Try again",
  "aside.replayed": "Taken in. It is in its conversation now.",
  "aside.stillBad": "It failed again: {reason}",
  "aside.element": "What arrived",
}
