/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a read receipt or a delivery report tells. */
#include "reader-report.h"

#include "app-format.h"
#include "base-config.h"
#include "mail-address.h"
#include "mail-lines.h"

#include <glib/gi18n.h>

/* More recipients than this stand in the details only. */
#define MAX_SHOWN 8

struct _ReaderReport
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkImage *icon;
  GtkLabel *sentences;
  GtkLabel *about;
  GtkExpander *expander;
  GtkTextView *details;
  GtkButton *open;
};

G_DEFINE_FINAL_TYPE (ReaderReport, reader_report, GTK_TYPE_WIDGET)

/* Who it is about: with the name where the report comes from that address */
static char *
dup_who (ModelBody *body, const MailReportRecipient *recipient)
{
  GPtrArray *from = model_body_get_from (body);
  const MailAddress *sender = from->len == 1 ? g_ptr_array_index (from, 0) : NULL;

  if (*recipient->address && (!sender || !mail_address_equal (sender->address, recipient->address)))
    return g_strdup (recipient->address);
  return g_strdup (sender ? mail_address_get_label (sender) : _("Somebody"));
}

static const char *
get_cause (MailReportCause cause)
{
  switch (cause)
    {
    case MAIL_REPORT_CAUSE_NO_ADDRESS:
      return _("there is no such address");
    case MAIL_REPORT_CAUSE_NO_DOMAIN:
      return _("there is no such mail server");
    case MAIL_REPORT_CAUSE_DISABLED:
      return _("the mailbox takes no mail");
    case MAIL_REPORT_CAUSE_FULL:
      return _("the mailbox is full");
    case MAIL_REPORT_CAUSE_TOO_LARGE:
      return _("the message is too large");
    case MAIL_REPORT_CAUSE_NO_ANSWER:
      return _("the other mail server did not answer");
    case MAIL_REPORT_CAUSE_TOO_LATE:
      return _("it was tried for too long");
    case MAIL_REPORT_CAUSE_REFUSED:
      return _("the other mail server refused it by its rules");
    case MAIL_REPORT_CAUSE_UNKNOWN:
    default:
      return NULL;
    }
}

/* Each with one %s for who it is about */
static const char *
get_sentence (MailReportFate fate)
{
  switch (fate)
    {
    case MAIL_REPORT_READ:
      return _("%s read your message.");
    case MAIL_REPORT_DELETED:
      return _("%s deleted your message, perhaps without reading it.");
    case MAIL_REPORT_PROCESSED:
      return _("Your message to %s was sent on or handled by a program. Nobody need have seen it.");
    case MAIL_REPORT_DENIED:
      return _("%s does not want to say whether your message was read.");
    case MAIL_REPORT_FAILED:
      return _("Your message was not delivered to %s.");
    case MAIL_REPORT_DELAYED:
      return _("Your message was not delivered to %s yet. The server goes on trying.");
    case MAIL_REPORT_DELIVERED:
      return _("Your message was delivered to %s.");
    case MAIL_REPORT_RELAYED:
      return _("Your message to %s was handed to a server that does not report on what becomes of it.");
    case MAIL_REPORT_UNSAID:
    default:
      return _("Whether %s read your message is not known.");
    }
}

static void
add_recipient (GString *text, ModelBody *body, const MailReportRecipient *recipient)
{
  gboolean is_bad = recipient->fate == MAIL_REPORT_FAILED || recipient->fate == MAIL_REPORT_DELAYED;
  g_autofree char *who = dup_who (body, recipient);
  g_autofree char *sentence = mail_lines_put_in (get_sentence (recipient->fate), who);
  const char *cause = is_bad ? get_cause (recipient->cause) : NULL;

  g_string_append_printf (text, "%s%s", text->len ? "\n" : "", sentence);
  if (cause)
    /* Translators: why a message could not be delivered; %s as "the mailbox is full" */
    g_string_append_printf (text, _(" The reason: %s."), cause);
  else if (is_bad && *recipient->words)
    /* Translators: %s is in the words of a server, most often English */
    g_string_append_printf (text, _(" The server says: “%s”"), recipient->words);
}

char *
reader_report_dup_sentences (ModelBody *body)
{
  const MailReport *report = model_body_get_report (body);
  guint n = MIN (report->recipients->len, MAX_SHOWN);
  guint more = report->recipients->len - n;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    add_recipient (text, body, g_ptr_array_index (report->recipients, i));
  if (more)
    g_string_append_printf (text, ngettext ("\nand %u more", "\nand %u more", more), more);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_bad (const MailReport *report)
{
  for (guint i = 0; i < report->recipients->len; i++)
    if (((const MailReportRecipient *) g_ptr_array_index (report->recipients, i))->fate == MAIL_REPORT_FAILED)
      return TRUE;
  return FALSE;
}

/* Which mail it was, where that is here */
static void
show_mail (ReaderReport *self, ModelBody *body)
{
  MailSummary *mail = model_body_get_reported (body);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *when = mail ? app_format_long_date (mail->date, zone) : NULL;
  /* Translators: a subject, and the day and time when it was sent */
  g_autofree char *about = mail ? g_strdup_printf (_("“%1$s”, %2$s"), *mail->subject ? mail->subject : _("(no subject)"), when) : NULL;

  gtk_label_set_text (self->about, about ? about : "");
  gtk_widget_set_visible (GTK_WIDGET (self->about), about != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->open), mail != NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->open), NULL);
  if (!mail)
    return;
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open), "(xx)", mail->folder, mail->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->open), "win.show-message");
}

void
reader_report_show (ReaderReport *self, ModelBody *body)
{
  const MailReport *report = body ? model_body_get_report (body) : NULL;
  g_autofree char *sentences = report ? reader_report_dup_sentences (body) : NULL;
  const char *details = report ? model_body_get_report_details (body) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), report != NULL);
  if (!report)
    return;
  gtk_image_set_from_icon_name (self->icon, is_bad (report) ? "dialog-warning-symbolic" : report->kind == MAIL_REPORT_RECEIPT ? "mail-read-symbolic"
                                                                                                                                : "mail-send-symbolic");
  gtk_label_set_text (self->sentences, sentences);
  show_mail (self, body);
  gtk_expander_set_expanded (self->expander, FALSE);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->details), details ? details : "", -1);
}

static void
reader_report_dispose (GObject *object)
{
  g_clear_pointer (&READER_REPORT (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (reader_report_parent_class)->dispose (object);
}

static void
reader_report_class_init (ReaderReportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reader_report_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/reader/reader-report.ui");
  gtk_widget_class_bind_template_child (widget_class, ReaderReport, box);
  gtk_widget_class_bind_template_child (widget_class, ReaderReport, icon);
  gtk_widget_class_bind_template_child (widget_class, ReaderReport, sentences);
  gtk_widget_class_bind_template_child (widget_class, ReaderReport, about);
  gtk_widget_class_bind_template_child (widget_class, ReaderReport, expander);
  gtk_widget_class_bind_template_child (widget_class, ReaderReport, details);
  gtk_widget_class_bind_template_child (widget_class, ReaderReport, open);
}

static void
reader_report_init (ReaderReport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
