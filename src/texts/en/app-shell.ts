// The frame around every screen of staff: navigation, language, theme, and that there is no connection.
export const appShell = {
  "app.skip": "Skip to the content",

  "nav.main": "Main",
  "nav.campaigns": "Campaigns",
  "nav.inbox": "Inbox",
  "nav.agreements": "Agreements",
  "nav.contacts": "Contacts",
  "nav.settings": "Settings",
  "nav.shortcuts": "Keyboard shortcuts",
  "nav.account": "Account of {name}",
  "nav.signOut": "Sign out",

  "language.es": "Español",
  "language.en": "English",
  "language.label": "Language",

  "theme.label": "Theme",
  "theme.light": "Light",
  "theme.dark": "Dark",
  "theme.system": "Same as the system",

  "offline.title": "No connection. What you write is kept and messages may be late.",
  "offline.reconnecting": "Reconnecting… messages may be late.",
}
