/** "99+" when the server stopped counting. */
export const cappedCount = ({ count, isCapped }: { count: number; isCapped: boolean }) =>
  isCapped ? `${count}+` : String(count)

export const unreadLabel = (unread: number) => (unread > 9 ? "9+" : String(unread))
