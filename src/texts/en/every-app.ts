// What the apps of staff and of customers both say: states, faults, and that there is a new version.
export const everyApp = {
  "app.name": "Hilo",
  "app.loading": "Loading",

  "action.close": "Close",
  "action.dismiss": "Dismiss",
  "action.retry": "Try again",
  "action.showMore": "Show more",

  "field.passwordHint": "At least 10 characters. A sentence is easy to remember.",

  "problem.title": "This did not work",
  "problem.network": "The server cannot be reached. Nothing is lost; try again when the connection is back.",
  "problem.unknown": "Something failed on the server. Nothing was changed. Request ID: {id}.",
  "problem.refused": "This is not possible ({code}).",
  "problem.noScreen": "There is no such page",
  "problem.noScreenText": "The address may be mistyped or old.",
  "problem.screen": "This screen failed. Your texts are kept.",

  "newVersion.text": "There is a new version of Hilo. What you are writing is kept.",
  "newVersion.load": "Load it",

  "ticket.toInbox": "Back to the inbox",
  "action.notYetUndone": "The last change is still being saved. Try again in a moment.",
}
