// Custom fields and categories of tickets.
export const customFieldsAndCategories = {
  "settings.fields": "Custom fields",
  "settings.categories": "Categories",

  "fields.intro": "What your tickets record besides subject and priority.",
  "fields.new": "New field",
  "fields.edit": "Edit {name}",
  "fields.label": "Label",
  "fields.key": "Key",
  "fields.keyHint": "For rules and programs. It cannot be changed.",
  "fields.type": "Type",
  "fields.type.text": "Text",
  "fields.type.number": "Number",
  "fields.type.boolean": "Yes or no",
  "fields.type.date": "Date",
  "fields.type.select": "One of a list",
  "fields.type.multi_select": "Several of a list",
  "fields.options": "Options, one per line",
  "fields.required": "Required",
  "fields.public": "Visible to customers",

  "categories.intro": "What tickets are about.",
  "categories.new": "New category",
  "categories.edit": "Edit {name}",
  "categories.window": "Reopening window in minutes",
  "categories.windowHint": "Empty: as the connection says.",
}
