/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a message with formatting is written: tells the draft that something was typed, and what, when it asks. */
#include "composer-editor.h"

#include "app-words.h"
#include "base-config.h"
#include "reader-web.h"

#include <glib/gi18n.h>

#define MAX_CRASHES 2

struct _ComposerEditor
{
  AdwBin parent_instance;
  ModelDraft *draft;       /* NULL while it is closed */
  const WebApi *api;       /* NULL until the first that is opened */
  GtkWidget *web;
  AppSpelling *spelling;   /* NULL: it is not checked */
  guint n_crashes;
  guint n_shown;           /* counts up: what was read of a page before is not this one's */
};

enum
{
  SIGNAL_STATE,
  SIGNAL_TOLD,
  SIGNAL_BROKEN,
  SIGNAL_READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ComposerEditor, composer_editor, ADW_TYPE_BIN)

/* Reading */

typedef struct
{
  ComposerEditor *editor;
  guint shown;
} Reading;

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;
  g_autoptr (ComposerEditor) self = reading->editor;
  g_autoptr (GError) error = NULL;
  g_autofree char *html = self->api->read_finish (GTK_WIDGET (source), result, &error);
  gboolean is_ours = self->draft && reading->shown == self->n_shown;

  g_free (reading);
  if (error)
    g_message ("What was written could not be read: %s", error->message);
  if (!is_ours)
    return; /* who asked was answered when it was closed */
  model_draft_take_html (self->draft, html);
  g_signal_emit (self, signals[SIGNAL_TOLD], 0, html != NULL);
}

void
composer_editor_ask (ComposerEditor *self)
{
  Reading *reading = g_new (Reading, 1);

  reading->editor = g_object_ref (self);
  reading->shown = self->n_shown;
  self->api->read_async (self->web, on_read, reading);
}

static void
on_asked (ModelDraft *draft, gpointer data)
{
  composer_editor_ask (data);
}

/* The page */

static GBytes *
get_part (const char *content_id, const char **type, gpointer data)
{
  ModelDraftFile *picture = model_draft_get_picture (data, content_id);

  if (!picture)
    return NULL;
  *type = model_draft_file_get_content_type (picture);
  return g_bytes_ref (model_draft_file_get_data (picture));
}

static void
show (ComposerEditor *self)
{
  WebPage page = {
    .html = model_draft_get_html (self->draft),
    .get_part = get_part,
    .data = g_object_ref (self->draft),
    .destroy = g_object_unref,
  };

  self->n_shown++;
  self->api->edit (self->web, &page, model_draft_is_written_last (self->draft) ? WEB_CARET_LAST : WEB_CARET_FIRST);
}

static void
on_changed (ComposerEditor *self)
{
  if (self->draft)
    model_draft_note_typed (self->draft);
}

static void
on_state (ComposerEditor *self, guint state)
{
  g_signal_emit (self, signals[SIGNAL_STATE], 0, state);
}

static void
on_ready (ComposerEditor *self)
{
  if (self->draft)
    g_signal_emit (self, signals[SIGNAL_READY], 0);
}

/* A web process that ended begins anew with what the draft knows: at most some seconds are lost. Where nothing may be shown at all, or it ends
 * again and again, the message goes on as text. */
static void
on_broken (ComposerEditor *self, const GError *error)
{
  g_message ("The editor: %s", error->message);
  if (!self->draft)
    return;
  self->n_shown++;
  model_draft_lose_typed (self->draft);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_FAILED) && self->n_crashes++ < MAX_CRASHES)
    {
      show (self);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_BROKEN], 0, _("Formatting is not possible on this system, so the message is plain text."));
}

static void
on_signed (ComposerEditor *self, const char *old, const char *signature)
{
  self->api->swap_signature (self->web, old, signature);
}

static void
check_spelling (ComposerEditor *self)
{
  g_auto (GStrv) languages = self->spelling ? app_spelling_dup_languages (self->spelling) : NULL;

  if (self->web && languages)
    self->api->check_spelling (self->web, (const char *const *) languages);
}

void
composer_editor_set_spelling (ComposerEditor *self, AppSpelling *spelling)
{
  g_return_if_fail (!self->spelling);

  self->spelling = g_object_ref (spelling);
  g_signal_connect_object (spelling, "notify::chosen", G_CALLBACK (check_spelling), self, G_CONNECT_SWAPPED);
  check_spelling (self);
}

static gboolean
make_web (ComposerEditor *self, GError **error)
{
  g_autofree char *folder = NULL;

  if (self->web)
    return TRUE;
  self->api = reader_web_load (error);
  if (!self->api)
    return FALSE;
  folder = reader_web_dup_folder ();
  self->web = self->api->new_editor (folder);
  check_spelling (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->web), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Message Text"), -1);
  g_signal_connect_object (self->web, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->web, "state", G_CALLBACK (on_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->web, "ready", G_CALLBACK (on_ready), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->web, "broken", G_CALLBACK (on_broken), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), self->web);
  return TRUE;
}

gboolean
composer_editor_open (ComposerEditor *self, ModelDraft *draft, GError **error)
{
  g_return_val_if_fail (!self->draft, FALSE);

  if (!make_web (self, error))
    return FALSE;
  self->draft = g_object_ref (draft);
  model_draft_set_editor (draft, on_asked, self);
  g_signal_connect_object (draft, "signed", G_CALLBACK (on_signed), self, G_CONNECT_SWAPPED);
  show (self);
  return TRUE;
}

void
composer_editor_close (ComposerEditor *self)
{
  if (!self->draft)
    return;
  self->n_shown++;
  g_signal_handlers_disconnect_by_func (self->draft, on_signed, self);
  model_draft_set_editor (self->draft, NULL, NULL);
  g_clear_object (&self->draft);
}

/* Editing */

void
composer_editor_command (ComposerEditor *self, const char *command, const char *value)
{
  if (self->draft)
    self->api->command (self->web, command, value);
}

void
composer_editor_link (ComposerEditor *self, const char *uri)
{
  if (self->draft)
    self->api->link (self->web, uri);
}

void
composer_editor_insert_picture (ComposerEditor *self, const char *content_id, const char *name)
{
  if (self->draft)
    self->api->insert_picture (self->web, content_id, name);
}

void
composer_editor_paste (ComposerEditor *self)
{
  if (self->draft)
    self->api->paste (self->web, gtk_widget_get_clipboard (self->web));
}

static gboolean
composer_editor_grab_focus (GtkWidget *widget)
{
  ComposerEditor *self = COMPOSER_EDITOR (widget);

  return self->web && gtk_widget_grab_focus (self->web);
}

static void
composer_editor_dispose (GObject *object)
{
  ComposerEditor *self = COMPOSER_EDITOR (object);

  composer_editor_close (self);
  self->web = NULL;
  g_clear_object (&self->spelling);
  G_OBJECT_CLASS (composer_editor_parent_class)->dispose (object);
}

static void
composer_editor_class_init (ComposerEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = composer_editor_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = composer_editor_grab_focus;
  signals[SIGNAL_STATE] = g_signal_new ("state", COMPOSER_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_TOLD] = g_signal_new ("told", COMPOSER_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SIGNAL_READY] = g_signal_new ("ready", COMPOSER_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_BROKEN] = g_signal_new ("broken", COMPOSER_TYPE_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
composer_editor_init (ComposerEditor *self)
{
}
