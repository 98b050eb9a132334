// The button on a stranger's page: every word here is downloaded by every visitor of that page.
export const widget = { open: "Open the chat", close: "Close the chat", chat: "Chat", unread: "unread" }
