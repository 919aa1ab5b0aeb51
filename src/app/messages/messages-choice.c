/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which messages an action is meant for. */
#include "messages-choice.h"

#include "messages-facts.h"
#include "model-message.h"

void
messages_choice_init (MessagesChoice *self, GtkWidget *widget, MessagesView *view)
{
  g_set_weak_pointer (&self->widget, widget);
  g_set_weak_pointer (&self->view, view);
}

void
messages_choice_clear (MessagesChoice *self)
{
  g_clear_weak_pointer (&self->widget);
  g_clear_weak_pointer (&self->view);
}

void
messages_choice_set_one (MessagesChoice *self, MailSummary *summary)
{
  self->one = summary->id;
  self->folder = summary->folder;
  self->flags = summary->flags;
}

void
messages_choice_mark (MessagesChoice *self, MailFlags add, MailFlags remove)
{
  self->flags = (self->flags | add) & ~remove;
}

static GArray *
dup_one (const MessagesChoice *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (self->one)
    g_array_append_val (ids, self->one);
  return ids;
}

GArray *
messages_choice_dup_ids (const MessagesChoice *self)
{
  return self->view ? messages_view_dup_selected (self->view) : dup_one (self);
}

GArray *
messages_choice_dup_rows (const MessagesChoice *self)
{
  return self->view ? messages_view_dup_selected_rows (self->view) : dup_one (self);
}

guint
messages_choice_count (const MessagesChoice *self)
{
  return self->view ? messages_view_get_n_selected (self->view) : self->one != 0;
}

ModelFolder *
messages_choice_get_folder (const MessagesChoice *self, ModelFolderTree *tree)
{
  return self->view ? messages_view_get_folder (self->view) : model_folder_tree_find (tree, self->folder);
}

gboolean
messages_choice_get_first (const MessagesChoice *self, gint64 *folder, MailFlags *flags)
{
  g_autoptr (ModelMessage) first = self->view ? messages_view_dup_first (self->view) : NULL;

  *folder = first ? messages_facts_get_folder (first) : self->folder;
  *flags = first ? model_message_get_flags (first) : self->flags;
  return first || (!self->view && self->one);
}
