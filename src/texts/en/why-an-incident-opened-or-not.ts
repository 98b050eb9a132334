// Why an incident was made, or not.
export const incidentDecisions = {
  "why.incident_not_whatsapp": "Noted: only WhatsApp messages make incidents",
  "why.incident_success": "Noted: the message went out",
  "why.incident_rate": "No ticket: a rate limit is expected, and waited out",
  "why.incident_policy": "No ticket: WhatsApp holds messages to this person back for a day",
  "why.incident_account": "The whole account cannot send: one incident for all",
  "why.incident_permanent": "The message was refused for good",
  "why.incident_media_again": "The file was refused again",
  "why.incident_media_once": "No ticket: the file will be sent once more",
  "why.incident_retrying": "No ticket: {retryCount} retries so far, it will be tried again",
  "why.incident_retried": "Still failing after {retryCount} retries",
  "why.incident_joined": "Joined: an active incident has the same shipment and trigger",
  "why.incident_known": "Nothing new: the incident knows this action",
  "why.incident_no_movement": "No movement in 48 hours after the message",
  "why.incident_at_office": "Still at the office 48 hours after the message",
}
