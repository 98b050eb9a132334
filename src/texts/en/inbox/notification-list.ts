// The list of notifications that the bell opens. It comes with it, and with the settings.
export const notificationList = {
  "notifications.none": "No new notifications",
  "notifications.allRead": "Mark all as read",
  "notifications.desktop": "Desktop notifications",
  "notifications.desktopBlocked": "This browser blocks them. Allow notifications of this page in its settings.",
  "notifications.preferences": "What you hear of",
}
