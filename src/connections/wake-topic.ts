/** What waits for a connection to be switched on, or to be able to send again, is woken by it. */
export const connectionsTopic = "connections"
