// Two people changed one ticket.
export const editConflict = {
  "conflict.somebody": "Somebody",
  "conflict.changed": "{name} changed {field}: {from} → {to}",
  "conflict.mine": "Keep mine",
  "conflict.theirs": "Use theirs",
  "conflict.status": "the status",
  "conflict.priority": "the priority",
  "conflict.subject": "the subject",
  "conflict.assignee": "the assignee",
  "conflict.team": "the team",
  "conflict.tags": "the tags",
  "conflict.categories": "the categories",
  "conflict.customFields": "the fields",
}
