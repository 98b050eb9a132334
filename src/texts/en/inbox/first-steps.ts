// The first steps of a new desk. They come with their list.
export const firstSteps = {
  "first.done": "Done",
  "first.dismiss": "Do not show this again",
  "first.dismissed": "The list is hidden for all admins. The help desk's settings bring it back.",
  "first.title": "Your desk is ready",
  "first.text": "Four things to do. Each gets its tick by itself, and the list goes when all have theirs.",
  "first.desk": "Give your desk a name and a country",
  "first.deskText":
    "Customers read the name, the country says how their phones are written, and the language is the one of what Hilo says by itself.",
  "first.reply": "Answer a first message",
  "first.replyText": "Open the built-in chat page as a customer would, write “hello”, and answer it here.",
  "first.chatAction": "Open the chat page",
  "first.channel": "Connect a channel",
  "first.channelText": "Put the chat on your site, or let another system send messages.",
  "first.channelAction": "Connections",
  "first.colleague": "Invite a colleague",
  "first.colleagueText": "Make an account for each person who answers, and teams to share the work.",
  "first.colleagueAction": "Staff and teams",
}
