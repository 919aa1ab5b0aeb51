/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one bar above a message's text: a sentence, what helps, and details folded under it. */
#include "reader-bar.h"

#include "app-format.h"
#include "app-words.h"
#include "base-config.h"
#include "base-error.h"
#include "mail-address.h"
#include "reader-row.h"

#include <glib/gi18n.h>

struct _ReaderBar
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkImage *icon;
  GtkLabel *sentence;
  GtkExpander *expander;
  GtkLabel *details;
  GtkButton *first;
  GtkButton *second;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (ReaderBar, reader_bar, GTK_TYPE_WIDGET)

static void
clear (ReaderBar *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->first), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->second), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->expander), FALSE);
  gtk_expander_set_expanded (self->expander, FALSE);
  reader_bar_set_is_busy (self, FALSE);
}

static void
say (ReaderBar *self, const char *icon, const char *sentence, const char *details)
{
  gtk_image_set_from_icon_name (self->icon, icon);
  gtk_label_set_text (self->sentence, sentence);
  gtk_label_set_text (self->details, details ? details : "");
  gtk_widget_set_visible (GTK_WIDGET (self->expander), details && details[0]);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
offer (GtkButton *button, const char *label, const char *action, GVariant *target)
{
  gtk_button_set_label (button, label);
  /* The target first: an action and a target of another kind must never meet. */
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), NULL);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_visible (GTK_WIDGET (button), TRUE);
}

static char *
join_details (ModelBody *body, const GError *error)
{
  g_autofree char *details = app_words_error_details (error);
  const char *const *refused = model_body_get_refused_recipients (body);
  g_autoptr (GString) text = g_string_new (NULL);

  for (; *refused; refused++)
    g_string_append_printf (text, "%s%s", text->len ? "\n" : "", *refused);
  if (details)
    g_string_append_printf (text, "%s%s", text->len ? "\n" : "", details);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_failed (ReaderBar *self, ModelBody *body)
{
  gint64 id = model_body_get_id (body);
  g_autoptr (GError) error = app_words_error_from_word (model_body_get_outbox_error_word (body),
                                                        model_body_get_outbox_error_message (body),
                                                        model_body_get_outbox_error_reply (body));
  g_autofree char *reason = app_words_error (error);
  g_autofree char *sentence = g_strdup_printf (_("This message could not be sent. %s"), reason);
  g_autofree char *details = join_details (body, error);
  AppHelp help = app_words_get_help (error);

  say (self, "dialog-error-symbolic", sentence, details);
  switch (help)
    {
    case APP_HELP_EDIT:
    case APP_HELP_DECIDE:
    case APP_HELP_NONE:
      offer (self->first, _("_Edit Message"), "win.outbox-edit", g_variant_new_int64 (id));
      offer (self->second, _("_Try Again"), "win.outbox-send", g_variant_new_int64 (id));
      break;
    case APP_HELP_PASSWORD:
    case APP_HELP_CERTIFICATE:
    case APP_HELP_SETTINGS:
      offer (self->first, app_words_get_help_label (APP_HELP_SETTINGS), "win.account-help",
             g_variant_new_int64 (model_body_get_outbox_account (body)));
      offer (self->second, _("_Try Again"), "win.outbox-send", g_variant_new_int64 (id));
      break;
    case APP_HELP_TRY_AGAIN:
    default:
      offer (self->first, _("_Try Again"), "win.outbox-send", g_variant_new_int64 (id));
      offer (self->second, _("_Edit Message"), "win.outbox-edit", g_variant_new_int64 (id));
      break;
    }
}

static void
show_queued (ReaderBar *self, ModelBody *body, gint64 now)
{
  gint64 not_before = model_body_get_not_before (body);
  gint64 id = model_body_get_id (body);
  g_autofree char *sentence = NULL;

  if (not_before > now + 60)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
      g_autofree char *when = app_format_long_date (not_before, zone);

      /* Translators: %s is a date and time */
      sentence = g_strdup_printf (_("This message will be sent after %s."), when);
    }
  else
    sentence = g_strdup (_("This message waits to be sent."));
  say (self, "document-open-recent-symbolic", sentence, NULL);
  offer (self->first, _("_Edit Message"), "win.outbox-edit", g_variant_new_int64 (id));
  offer (self->second, _("_Send Now"), "win.outbox-send", g_variant_new_int64 (id));
}

static gboolean
show_outbox (ReaderBar *self, ModelBody *body, gint64 now)
{
  gint64 id = model_body_get_id (body);

  switch (model_body_get_outbox_state (body))
    {
    case MODEL_OUTBOX_QUEUED:
      show_queued (self, body, now);
      return TRUE;
    case MODEL_OUTBOX_SENDING:
      say (self, "mail-send-symbolic", _("This message is being sent."), NULL);
      return TRUE;
    case MODEL_OUTBOX_FAILED:
      show_failed (self, body);
      return TRUE;
    case MODEL_OUTBOX_MAYBE_SENT:
      say (self, "dialog-question-symbolic",
           _("The connection broke just as this message was handed over: it may have been sent, or not. Posthorn does not send it again by "
             "itself, because it might arrive twice."), NULL);
      offer (self->first, _("_Send Again"), "win.outbox-send", g_variant_new_int64 (id));
      offer (self->second, _("It _Arrived"), "win.outbox-arrived", g_variant_new_int64 (id));
      return TRUE;
    case MODEL_OUTBOX_HELD:
      say (self, "document-open-recent-symbolic", _("This message is held until you send it."), NULL);
      offer (self->first, _("_Send Now"), "win.outbox-send", g_variant_new_int64 (id));
      offer (self->second, _("_Edit Message"), "win.outbox-edit", g_variant_new_int64 (id));
      return TRUE;
    case MODEL_OUTBOX_NONE:
    default:
      return FALSE;
    }
}

/* Nothing is told by itself. Where it goes is said wherever that is not who wrote it, and where the message came from, if it came from elsewhere. */
static void
show_receipt (ReaderBar *self, ModelBody *body, const MailReceipt *receipt)
{
  gint64 id = model_body_get_id (body);
  GPtrArray *from = model_body_get_from (body);
  const MailAddress *sender = from->len ? g_ptr_array_index (from, 0) : receipt->to;
  gboolean is_odd = receipt->is_elsewhere || receipt->return_path;
  g_autoptr (GString) text = g_string_new (NULL);

  /* Translators: %s is a name or an e-mail address */
  g_string_append_printf (text, _("%s asks to be told that you read this."), mail_address_get_label (sender));
  if (receipt->is_elsewhere)
    /* Translators: %s is an e-mail address */
    g_string_append_printf (text, _(" The answer would go to somebody else: %s."), receipt->to->address);
  if (receipt->return_path)
    /* Translators: %s is an e-mail address */
    g_string_append_printf (text, _(" The message came here from another address: %s."), receipt->return_path);
  say (self, is_odd ? "dialog-warning-symbolic" : "mail-read-symbolic", text->str, NULL);
  offer (self->first, _("_Tell Them"), "app.tell-read", g_variant_new_int64 (id));
  offer (self->second, _("_No"), "app.refuse-receipt", g_variant_new_int64 (id));
}

/* Once, or always for who sent it; with the name, so that it is clear for whom */
static void
show_images (ReaderBar *self, ModelBody *body)
{
  GPtrArray *from = model_body_get_from (body);
  const MailAddress *sender = from->len == 1 ? from->pdata[0] : NULL;

  say (self, "image-x-generic-symbolic", _("Remote images are not loaded: they would tell the sender that you read this."), NULL);
  offer (self->first, _("_Show Once"), "reader.show-images", NULL);
  if (sender && sender->address[0])
    {
      /* Translators: %s is an e-mail address */
      g_autofree char *label = g_strdup_printf (_("_Always for %s"), sender->address);

      offer (self->second, label, "reader.always-show-images", NULL);
    }
}

/* Without a sandbox no page is shown, and only somebody who looks after the system can change that; the rest the next try may mend. */
static void
show_page_error (ReaderBar *self, const GError *error)
{
  gboolean is_forbidden = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);

  say (self, "dialog-information-symbolic",
       is_forbidden ? _("This is the message’s text. Its page is not shown, because this system does not let Posthorn lock it into a sandbox.")
                    : _("This is the message’s text. Its page could not be shown."),
       error->message);
}

void
reader_bar_show (ReaderBar *self, ModelBody *body, gint64 now, const MailReceipt *receipt, gboolean offers_images, const GError *page_error)
{
  MailSummary *summary = model_body_get_summary (body);

  clear (self);
  if (show_outbox (self, body, now))
    return;
  if (!summary->is_whole)
    {
      say (self, "folder-download-symbolic", model_body_is_left (body) ? _("A rule left this message on the server. Only its headers are here.")
                                                                    : _("Only the headers are here."), NULL);
      offer (self->first, _("_Get the Whole Message"), "win.fetch-body", g_variant_new_int64 (summary->id));
    }
  else if (summary->flags & MAIL_FLAG_DRAFT)
    {
      say (self, "document-edit-symbolic", _("This message is a draft."), NULL);
      offer (self->first, _("_Edit Draft"), "message.edit", NULL);
    }
  else if (model_body_is_junk (body))
    {
      say (self, "mail-mark-junk-symbolic", _("This is junk. Its links and images are off."), NULL);
      offer (self->first, _("_Not Junk"), "message.not-junk", NULL);
    }
  else if (receipt)
    show_receipt (self, body, receipt);
  else if (page_error)
    show_page_error (self, page_error);
  else if (offers_images)
    show_images (self, body);
  else if (model_body_is_text_cut (body) && !model_body_get_html (body, FALSE))
    {
      say (self, "dialog-information-symbolic", _("This message is very long. Only its beginning is shown."), NULL);
      offer (self->first, _("_Save Message…"), "reader.save", NULL);
    }
  else
    reader_bar_hide (self);
}

void
reader_bar_show_error (ReaderBar *self, const GError *error)
{
  g_autofree char *reason = app_words_error (error);
  g_autofree char *sentence = g_strdup_printf (_("This message cannot be shown. %s"), reason);
  g_autofree char *details = app_words_error_details (error);

  clear (self);
  say (self, "dialog-error-symbolic", sentence, details);
}

void
reader_bar_set_is_busy (ReaderBar *self, gboolean is_busy)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_busy);
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->first), !is_busy);
  if (is_busy)
    gtk_label_set_text (self->sentence, _("The whole message is on its way."));
}

void
reader_bar_hide (ReaderBar *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
reader_bar_dispose (GObject *object)
{
  g_clear_pointer (&READER_BAR (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (reader_bar_parent_class)->dispose (object);
}

static void
reader_bar_class_init (ReaderBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reader_bar_dispose;
  g_type_ensure (READER_TYPE_ROW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/reader/reader-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ReaderBar, box);
  gtk_widget_class_bind_template_child (widget_class, ReaderBar, icon);
  gtk_widget_class_bind_template_child (widget_class, ReaderBar, sentence);
  gtk_widget_class_bind_template_child (widget_class, ReaderBar, expander);
  gtk_widget_class_bind_template_child (widget_class, ReaderBar, details);
  gtk_widget_class_bind_template_child (widget_class, ReaderBar, first);
  gtk_widget_class_bind_template_child (widget_class, ReaderBar, second);
  gtk_widget_class_bind_template_child (widget_class, ReaderBar, spinner);
}

static void
reader_bar_init (ReaderBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
