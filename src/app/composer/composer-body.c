/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a message: plain, or with formatting and a row of buttons for it; and the way from one to the other. */
#include "composer-body.h"

#include "app-file-dialog.h"
#include "app-words.h"
#include "base-config.h"
#include "composer-editor.h"
#include "composer-format.h"

#include <glib/gi18n.h>

struct _ComposerBody
{
  AdwBin parent_instance;
  ModelDraft *draft;
  GBinding *binding;         /* of the plain text; NULL while there is formatting */
  gboolean is_leaving;       /* for plain text, once the editor has told what it has */
  guint n_reading;
  GCancellable *cancellable;

  /* the template's */
  ComposerFormat *format;
  GtkStack *stack;
  GtkTextView *text_view;
  ComposerEditor *editor;
};

enum
{
  PROP_0,
  PROP_IS_RICH,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

enum
{
  SIGNAL_LOSING,
  SIGNAL_PROBLEM,
  SIGNAL_PASTE,
  SIGNAL_ATTACH,
  SIGNAL_READING_CHANGED,
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ComposerBody, composer_body, ADW_TYPE_BIN)

/* From one form to the other */

static void
place_cursor (ComposerBody *self, guint offset)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkTextIter place;

  gtk_text_buffer_get_iter_at_offset (buffer, &place, (int) offset);
  gtk_text_buffer_place_cursor (buffer, &place);
}

/* Every action of the row, and so its button and its keys, is there once the page can be written in. */
static void
enable_actions (ComposerBody *self, gboolean is_enabled)
{
  composer_format_enable (self->format, is_enabled);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.paste", is_enabled);
}

static void
show_form (ComposerBody *self)
{
  gboolean is_rich = model_draft_is_rich (self->draft);

  gtk_widget_set_visible (GTK_WIDGET (self->format), is_rich);
  gtk_stack_set_visible_child_name (self->stack, is_rich ? "rich" : "plain");
  enable_actions (self, FALSE);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IS_RICH]);
}

static void
on_ready (ComposerBody *self)
{
  enable_actions (self, TRUE);
}

static void
show_plain (ComposerBody *self)
{
  if (!self->binding)
    self->binding = g_object_bind_property (self->draft, "text", gtk_text_view_get_buffer (self->text_view), "text",
                                            G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  show_form (self);
}

void
composer_body_make_plain (ComposerBody *self)
{
  if (!model_draft_is_rich (self->draft))
    return;
  composer_editor_close (self->editor);
  model_draft_make_plain (self->draft);
  show_plain (self);
  place_cursor (self, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

/* Where the part that shows formatting cannot be had, the message stays, or becomes, plain text. */
static void
show_rich (ComposerBody *self)
{
  g_autoptr (GError) error = NULL;

  if (composer_editor_open (self->editor, self->draft, &error))
    {
      g_clear_pointer (&self->binding, g_binding_unbind);
      show_form (self);
      return;
    }
  g_message ("%s", error->message);
  model_draft_make_plain (self->draft);
  show_plain (self);
  g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, _("Formatting is not possible on this system, so the message is plain text."));
}

static void
make_rich (ComposerBody *self, gboolean as_it_was)
{
  if (model_draft_is_rich (self->draft))
    return;
  model_draft_make_rich (self->draft, as_it_was);
  show_rich (self);
  gtk_widget_grab_focus (model_draft_is_rich (self->draft) ? GTK_WIDGET (self->editor) : GTK_WIDGET (self->text_view));
}

void
composer_body_undo_plain (ComposerBody *self)
{
  make_rich (self, TRUE);
}

static char *
describe_loss (ModelFormatting formatting, guint n_pictures)
{
  GString *sentence = g_string_new (NULL);

  if (formatting & (MODEL_FORMATTING_FONTS | MODEL_FORMATTING_TABLES))
    g_string_append (sentence, formatting & MODEL_FORMATTING_TABLES ? _("Plain text has no fonts, colours and tables.")
                                                                    : _("Plain text has no fonts and colours."));
  if (sentence->len > 0 && n_pictures > 0)
    g_string_append_c (sentence, ' ');
  if (n_pictures > 0)
    g_string_append_printf (sentence, ngettext ("%u picture in the text would go.", "%u pictures in the text would go.", n_pictures), n_pictures);
  return g_string_free (sentence, FALSE);
}

static void
on_told (ComposerBody *self, gboolean is_told)
{
  ModelFormatting formatting;
  guint n_pictures;

  if (!self->is_leaving)
    return;
  self->is_leaving = FALSE;
  if (!is_told && model_draft_is_typed (self->draft))
    {
      g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, _("The text cannot be read just now. Try again in a moment."));
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IS_RICH]);
      return;
    }
  formatting = model_draft_find_formatting (self->draft, &n_pictures);
  if (formatting)
    {
      g_autofree char *sentence = describe_loss (formatting, n_pictures);

      g_signal_emit (self, signals[SIGNAL_LOSING], 0, sentence);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_IS_RICH]);
    }
  else
    composer_body_make_plain (self);
}

static void
on_broken (ComposerBody *self, const char *sentence)
{
  self->is_leaving = FALSE;
  composer_body_make_plain (self);
  g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, sentence);
}

static void
set_rich (ComposerBody *self, gboolean is_rich)
{
  if (is_rich == model_draft_is_rich (self->draft) || self->is_leaving)
    return;
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, is_rich);
  if (is_rich)
    make_rich (self, FALSE);
  else
    {
      self->is_leaving = TRUE;
      composer_editor_ask (self->editor);
    }
}

/* Pictures */

static void
set_reading (ComposerBody *self, int by)
{
  self->n_reading += (guint) by;
  g_signal_emit (self, signals[SIGNAL_READING_CHANGED], 0);
}

static void
insert_picture (ComposerBody *self, const char *id)
{
  if (!model_draft_is_rich (self->draft))
    return;
  composer_editor_insert_picture (self->editor, id, model_draft_file_get_name (model_draft_get_picture (self->draft, id)));
  gtk_widget_grab_focus (GTK_WIDGET (self->editor));
}

static void
complain (ComposerBody *self, const GError *error)
{
  g_autofree char *sentence = app_words_error (error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, sentence);
}

static void
on_picture_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ComposerBody) self = COMPOSER_BODY (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = model_draft_load_picture_finish (MODEL_DRAFT (source), result, &error);

  if (!self->draft)
    return;
  if (id)
    insert_picture (self, id);
  else
    complain (self, error);
  set_reading (self, -1);
}

static void
load_picture (ComposerBody *self, GFile *file)
{
  set_reading (self, 1);
  model_draft_load_picture_async (self->draft, file, self->cancellable, on_picture_loaded, g_object_ref (self));
}

static gboolean
looks_like_picture (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *type = g_content_type_guess (name, NULL, 0, NULL);

  return model_draft_takes_picture (type);
}

gboolean
composer_body_drop (ComposerBody *self, GFile *file)
{
  if (!model_draft_is_rich (self->draft) || !looks_like_picture (file))
    return FALSE;
  load_picture (self, file);
  return TRUE;
}

static void
on_pictures_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ComposerBody) self = COMPOSER_BODY (data);
  g_autoptr (GListModel) files = app_file_dialog_open_finish (result, NULL);

  for (guint i = 0; self->draft && files && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      load_picture (self, file);
    }
}

static void
on_picture (ComposerBody *self)
{
  app_file_dialog_open_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Insert Pictures"), TRUE, self->cancellable,
                              on_pictures_chosen, g_object_ref (self));
}

/* Pasting */

static void
on_texture (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ComposerBody) self = COMPOSER_BODY (data);
  g_autoptr (GdkTexture) texture = gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GBytes) png = texture ? gdk_texture_save_to_png_bytes (texture) : NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  if (!self->draft)
    return;
  /* Translators: the file name of a picture that was pasted */
  id = png ? model_draft_add_picture (self->draft, _("Picture.png"), "image/png", png, &error) : NULL;
  if (id)
    insert_picture (self, id);
  else if (error)
    complain (self, error);
  set_reading (self, -1);
}

static void
on_files (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ComposerBody) self = COMPOSER_BODY (data);
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  for (GSList *l = value && self->draft ? g_value_get_boxed (value) : NULL; l; l = l->next)
    if (!composer_body_drop (self, l->data))
      g_signal_emit (self, signals[SIGNAL_ATTACH], 0, l->data);
}

static void
on_paste_rich (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ComposerBody *self = COMPOSER_BODY (widget);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  gboolean has_text = gdk_content_formats_contain_gtype (formats, G_TYPE_STRING) || gdk_content_formats_contain_mime_type (formats, "text/html")
                      || gdk_content_formats_contain_mime_type (formats, "text/plain;charset=utf-8");

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, self->cancellable, on_files, g_object_ref (self));
  else if (has_text)
    composer_editor_paste (self->editor);
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE) || gdk_content_formats_contain_mime_type (formats, "image/png"))
    {
      set_reading (self, 1);
      gdk_clipboard_read_texture_async (clipboard, self->cancellable, on_texture, g_object_ref (self));
    }
}

static void
on_paste_plain (ComposerBody *self)
{
  gboolean is_taken = FALSE;

  g_signal_emit (self, signals[SIGNAL_PASTE], 0, &is_taken);
  if (is_taken)
    g_signal_stop_emission_by_name (self->text_view, "paste-clipboard");
}

gboolean
composer_body_is_reading (ComposerBody *self)
{
  return self->n_reading > 0;
}

/* The object */

static void
composer_body_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ComposerBody *self = COMPOSER_BODY (object);

  if (prop_id == PROP_IS_RICH)
    g_value_set_boolean (value, self->draft && model_draft_is_rich (self->draft));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
composer_body_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  ComposerBody *self = COMPOSER_BODY (object);

  if (prop_id == PROP_IS_RICH)
    set_rich (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static gboolean
composer_body_grab_focus (GtkWidget *widget)
{
  ComposerBody *self = COMPOSER_BODY (widget);

  return gtk_widget_grab_focus (self->draft && model_draft_is_rich (self->draft) ? GTK_WIDGET (self->editor) : GTK_WIDGET (self->text_view));
}

static void
composer_body_dispose (GObject *object)
{
  ComposerBody *self = COMPOSER_BODY (object);

  g_cancellable_cancel (self->cancellable);
  if (self->draft)
    composer_editor_close (self->editor);
  g_clear_object (&self->draft);
  gtk_widget_dispose_template (GTK_WIDGET (self), COMPOSER_TYPE_BODY);
  G_OBJECT_CLASS (composer_body_parent_class)->dispose (object);
}

static void
composer_body_finalize (GObject *object)
{
  g_object_unref (COMPOSER_BODY (object)->cancellable);
  G_OBJECT_CLASS (composer_body_parent_class)->finalize (object);
}

static void
composer_body_class_init (ComposerBodyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = composer_body_dispose;
  G_OBJECT_CLASS (klass)->finalize = composer_body_finalize;
  G_OBJECT_CLASS (klass)->get_property = composer_body_get_property;
  G_OBJECT_CLASS (klass)->set_property = composer_body_set_property;
  widget_class->grab_focus = composer_body_grab_focus;

  props[PROP_IS_RICH] = g_param_spec_boolean ("is-rich", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  signals[SIGNAL_LOSING] = g_signal_new ("losing", COMPOSER_TYPE_BODY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_PROBLEM] = g_signal_new ("problem", COMPOSER_TYPE_BODY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_PASTE] = g_signal_new ("paste", COMPOSER_TYPE_BODY, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL, NULL,
                                        G_TYPE_BOOLEAN, 0);
  signals[SIGNAL_ATTACH] = g_signal_new ("attach", COMPOSER_TYPE_BODY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
  signals[SIGNAL_READING_CHANGED] = g_signal_new ("reading-changed", COMPOSER_TYPE_BODY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", COMPOSER_TYPE_BODY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);

  g_type_ensure (COMPOSER_TYPE_EDITOR);
  g_type_ensure (COMPOSER_TYPE_FORMAT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/composer/composer-body.ui");
  gtk_widget_class_bind_template_child (widget_class, ComposerBody, format);
  gtk_widget_class_bind_template_child (widget_class, ComposerBody, stack);
  gtk_widget_class_bind_template_child (widget_class, ComposerBody, text_view);
  gtk_widget_class_bind_template_child (widget_class, ComposerBody, editor);
  gtk_widget_class_bind_template_callback (widget_class, on_broken);
  gtk_widget_class_bind_template_callback (widget_class, on_paste_plain);
  gtk_widget_class_bind_template_callback (widget_class, on_picture);
  gtk_widget_class_bind_template_callback (widget_class, on_ready);
  gtk_widget_class_bind_template_callback (widget_class, on_told);
  gtk_widget_class_install_action (widget_class, "editor.paste", NULL, on_paste_rich);
}

static void
composer_body_init (ComposerBody *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  composer_format_set_editor (self->format, self->editor);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "format", composer_format_get_actions (self->format));
}

void
composer_body_set_draft (ComposerBody *self, ModelDraft *draft)
{
  g_return_if_fail (self->draft == NULL);

  self->draft = g_object_ref (draft);
  if (model_draft_is_rich (draft))
    show_rich (self);
  else
    {
      show_plain (self);
      place_cursor (self, model_draft_get_cursor (draft));
    }
}

void
composer_body_set_spelling (ComposerBody *self, AppSpelling *spelling)
{
  gtk_widget_insert_action_group (GTK_WIDGET (self), "spelling", app_spelling_get_actions (spelling));
  composer_format_set_spelling_menu (self->format, app_spelling_get_menu (spelling));
  composer_editor_set_spelling (self->editor, spelling);
}
