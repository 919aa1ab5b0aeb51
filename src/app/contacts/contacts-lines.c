/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a contact has several of. */
#include "contacts-lines.h"

struct _ContactsLines
{
  GObject parent_instance;
  AdwPreferencesGroup *group;  /* weak */
  GPtrArray *rows;             /* of GtkWidget, the last one empty */
  char *property;
  char *title, *another;
  GtkInputPurpose purpose;
  gboolean is_filling;
};

enum
{
  SIGNAL_EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ContactsLines, contacts_lines, G_TYPE_OBJECT)

static void add_row (ContactsLines *self, const char *text);

static const char *
get_text (ContactsLines *self, guint i)
{
  return gtk_editable_get_text (GTK_EDITABLE (g_ptr_array_index (self->rows, i)));
}

static void
on_changed (ContactsLines *self)
{
  if (self->is_filling)
    return;
  if (*get_text (self, self->rows->len - 1))
    add_row (self, "");
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_remove_css_class (g_ptr_array_index (self->rows, i), "error");
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static void
add_row (ContactsLines *self, const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), self->rows->len == 0 ? self->title : self->another);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), self->purpose);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (self->group, row);
}

void
contacts_lines_show (ContactsLines *self, const MailCard *card)
{
  g_auto (GStrv) texts = mail_card_dup_texts (card, self->property);

  self->is_filling = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; texts[i]; i++)
    add_row (self, texts[i]);
  add_row (self, "");
  self->is_filling = FALSE;
}

GtkWidget *
contacts_lines_take (ContactsLines *self, MailCard *card, gboolean (*is_good) (const char *text), gboolean *has_any)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autofree char *text = g_strstrip (g_strdup (get_text (self, i)));

      if (!*text)
        continue;
      if (is_good && !is_good (text))
        return g_ptr_array_index (self->rows, i);
      g_strv_builder_add (builder, text);
    }
  texts = g_strv_builder_end (builder);
  if (has_any)
    *has_any = texts[0] != NULL;
  mail_card_set_texts (card, self->property, (const char *const *) texts);
  return NULL;
}

static void
contacts_lines_finalize (GObject *object)
{
  ContactsLines *self = CONTACTS_LINES (object);

  g_clear_weak_pointer (&self->group);
  g_ptr_array_unref (self->rows);
  g_free (self->property);
  g_free (self->title);
  g_free (self->another);
  G_OBJECT_CLASS (contacts_lines_parent_class)->finalize (object);
}

static void
contacts_lines_class_init (ContactsLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = contacts_lines_finalize;
  signals[SIGNAL_EDITED] = g_signal_new ("edited", CONTACTS_TYPE_LINES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
contacts_lines_init (ContactsLines *self)
{
  self->rows = g_ptr_array_new ();
}

ContactsLines *
contacts_lines_new (AdwPreferencesGroup *group, const char *property, const char *title, const char *another, GtkInputPurpose purpose)
{
  ContactsLines *self = g_object_new (CONTACTS_TYPE_LINES, NULL);

  g_set_weak_pointer (&self->group, group);
  self->property = g_strdup (property);
  self->title = g_strdup (title);
  self->another = g_strdup (another);
  self->purpose = purpose;
  return self;
}
