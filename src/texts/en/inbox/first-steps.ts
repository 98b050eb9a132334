// The first steps of a new desk.
export const firstSteps = {
  "first.done": "Done",
  "first.dismiss": "Do not show this again",
  "first.title": "Your desk is ready",
  "first.text": "Three things to do, in this order. The first takes a minute.",
  "first.chat": "Write to yourself",
  "first.chatText": "Open the built-in chat page as a customer would, write “hello”, and watch it arrive here.",
  "first.chatAction": "Open the chat page",
  "first.channel": "Connect a channel",
  "first.channelText": "Put the chat on your site, or let another system send messages.",
  "first.channelAction": "Connections",
  "first.colleague": "Invite a colleague",
  "first.colleagueText": "Make an account for each person who answers, and teams to share the work.",
  "first.colleagueAction": "Staff and teams",
}
