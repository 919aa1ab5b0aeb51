/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an empty folder says, and what to do next. */
#include "messages-empty.h"

#include "base-config.h"
#include "folders-row.h"

#include <glib/gi18n.h>

MessagesEmpty
messages_empty_describe (ModelFolder *folder)
{
  MailRole role = folder ? model_folder_get_role (folder) : MAIL_ROLE_NONE;
  MessagesEmpty empty = {
    .icon = folder ? folders_row_get_icon (role) : "folder-symbolic",
    .title = _("No Messages"),
    .text = _("Drag messages here, or move them with the Move button."),
    .can_receive = role == MAIL_ROLE_INBOX,
  };

  if (!folder)
    {
      empty.title = _("No Folder Is Open");
      empty.text = _("Choose a folder at the left.");
    }
  else if (role == MAIL_ROLE_INBOX)
    {
      empty.title = _("No Mail Yet");
      empty.text = _("Look whether new mail has come.");
    }
  else if (role == MAIL_ROLE_OUTBOX)
    {
      empty.title = _("Nothing Waits to Be Sent");
      empty.text = _("Messages stay here until they have been handed to the server.");
    }
  else if (role == MAIL_ROLE_DRAFTS)
    {
      empty.title = _("No Drafts");
      empty.text = _("Messages that you begin are kept here until you send them.");
    }
  else if (role == MAIL_ROLE_SENT)
    {
      empty.title = _("Nothing Sent Yet");
      empty.text = _("A copy of what you send is kept here.");
    }
  else if (role == MAIL_ROLE_TRASH)
    {
      empty.title = _("No Deleted Messages");
      empty.text = _("Messages that you delete are kept here until you delete them here too.");
    }
  else if (role == MAIL_ROLE_JUNK)
    {
      empty.title = _("No Junk");
      empty.text = _("Unwanted mail is kept here, away from the rest.");
    }
  return empty;
}
