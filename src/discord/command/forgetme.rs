//! `/forgetme`: deletes what is kept about the asker. Knows no answer.

use crate::discord::asker::Asker;
use crate::discord::bot::Bot;

/// Answers the command.
pub(in crate::discord) async fn run(bot: &Bot, asker: &Asker) {
    bot.follow_ups.forget(asker.user);
    bot.tell(asker, bot.words(asker).get("privacy.forgotten")).await;
}
