// Words that many screens of staff have on buttons and fields, and the roles.
export const commonWords = {
  "action.cancel": "Cancel",
  "action.save": "Save",
  "action.saved": "Saved",
  "action.create": "Create",
  "action.edit": "Edit",
  "action.delete": "Delete",
  "action.discard": "Discard",
  "action.copy": "Copy",
  "action.copied": "Copied",
  "action.undo": "Undo",
  "action.more": "More",

  "role.admin": "Administrator",
  "role.lead": "Lead",
  "role.agent": "Agent",
  "role.user": "Customer",

  "field.email": "E-mail",
  "field.password": "Password",
  "field.name": "Name",
  "field.optional": "optional",
}
