/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an empty folder says, and what to do next. */
#include "messages-empty.h"

#include "base-config.h"
#include "folders-row.h"

#include <glib/gi18n.h>

static void
describe_view (MessagesEmpty *empty, ModelView view)
{
  switch (view)
    {
    case MODEL_VIEW_INBOXES:
      empty->icon = "posthorn-inbox-symbolic";
      empty->title = _("No Mail Yet");
      empty->text = _("What arrives in any of your accounts is shown here.");
      empty->can_receive = TRUE;
      break;
    case MODEL_VIEW_UNREAD:
      empty->icon = "mail-read-symbolic";
      empty->title = _("Everything Is Read");
      empty->text = _("Unread messages of all folders are shown here.");
      empty->can_receive = TRUE;
      break;
    case MODEL_VIEW_FLAGGED:
      empty->icon = "posthorn-flag-symbolic";
      empty->title = _("Nothing Is Flagged");
      empty->text = _("Flag a message with Ctrl+G to find it here, whatever folder it is in.");
      break;
    case MODEL_VIEW_ATTACHMENT:
    default:
      empty->icon = "mail-attachment-symbolic";
      empty->title = _("No Messages with Attachments");
      empty->text = _("Messages with files of all folders are shown here.");
    }
}

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
  else if (model_folder_get_kind (folder) == MODEL_FOLDER_SEARCH)
    {
      empty.icon = "folder-saved-search-symbolic";
      empty.title = _("Nothing Found");
      empty.text = _("Messages that match this saved search are shown here as they come.");
    }
  else if (model_folder_get_id (folder) < 0)
    describe_view (&empty, (ModelView) model_folder_get_id (folder));
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

static MessagesEmpty
describe_search (ModelMessageList *list)
{
  MessagesEmpty empty = { .icon = "system-search-symbolic", .title = _("Nothing Found") };

  if (model_message_list_get_complaint (list))
    empty.text = _("Write a date as 2026-11-22, 2026-11, 2026, today, yesterday or 7d, and a size as 20k or 5M.");
  else if (model_message_list_is_partial (list))
    {
      empty.title = _("Nothing Found Yet");
      empty.text = _("Your mail is still being made searchable. What matches “%s” is shown as it is found.");
    }
  else if (model_message_list_get_filter (list) != MODEL_FILTER_ALL)
    empty.text = _("No message of this kind matches “%s”. Press All to see the others.");
  else if (!model_message_list_is_everywhere (list))
    empty.text = _("No message of this folder matches “%s”.");
  else
    empty.text = _("No message matches “%s”.");
  return empty;
}

MessagesEmpty
messages_empty_describe_list (ModelFolder *folder, ModelMessageList *list)
{
  MessagesEmpty empty = messages_empty_describe (folder);

  if (list && model_message_list_get_search (list))
    return describe_search (list);
  if (folder && list && model_folder_get_kind (folder) == MODEL_FOLDER_SEARCH && model_message_list_is_partial (list))
    {
      empty.title = _("Nothing Found Yet");
      empty.text = _("Your mail is still being made searchable. What matches this saved search is shown as it is found.");
      return empty;
    }
  if (!folder || !list || model_message_list_get_filter (list) == MODEL_FILTER_ALL)
    return empty;
  empty.can_receive = FALSE;
  empty.text = _("Press All to see the other messages of this folder.");
  switch (model_message_list_get_filter (list))
    {
    case MODEL_FILTER_UNREAD:
      empty.title = _("No Unread Messages");
      break;
    case MODEL_FILTER_FLAGGED:
      empty.title = _("No Flagged Messages");
      break;
    case MODEL_FILTER_ATTACHMENT:
    case MODEL_FILTER_ALL:
    default:
      empty.title = _("No Messages with Attachments");
    }
  return empty;
}

void
messages_empty_show (AdwStatusPage *page, GtkWidget *receive, ModelFolder *folder, ModelMessageList *list)
{
  MessagesEmpty empty = messages_empty_describe_list (folder, list);
  const char *search = list ? model_message_list_get_search (list) : NULL;
  g_autofree char *escaped = g_markup_escape_text (search ? search : "", -1);
  g_autoptr (GString) text = g_string_new (empty.text);

  g_string_replace (text, "%s", escaped, 1);
  adw_status_page_set_icon_name (page, empty.icon);
  adw_status_page_set_title (page, empty.title);
  adw_status_page_set_description (page, text->str);
  gtk_widget_set_visible (receive, empty.can_receive);
}
