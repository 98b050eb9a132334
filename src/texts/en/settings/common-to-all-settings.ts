// What all settings have in common: the page, and forms with rows.
export const settingsForms = {
  "settings.title": "Settings",
  "settings.sections": "Sections of the settings",
  "settings.linked-systems": "Linked systems",
  "settings.failed-hooks": "Failed webhooks",
  "settings.saveFailed": "Not saved.",
  "settings.notAllowed": "Only an administrator can change this.",

  "entity.deleteTitle": "Delete {name}?",
  "entity.deleteText": "This cannot be undone.",
  "entity.up": "Move {name} up",
  "entity.down": "Move {name} down",
  "entity.sharedWith": "Available to",
  "entity.sharedWith.me": "Only me",
  "entity.sharedWith.team": "A team",
  "entity.sharedWith.all": "Everybody",
  "entity.add": "Add",
  "entity.removeRow": "Remove row {n}",
  "entity.nobody": "Nobody",
  "entity.currentAgent": "The current agent",
  "entity.value": "Value",
}
