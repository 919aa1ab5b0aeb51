/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows a refused certificate in words, and makes the one exception that a person asks for. */
#include "setup-certificate-dialog.h"

#include "app-names.h"
#include "app-words.h"
#include "base-config.h"
#include "base-error.h"

#include <glib/gi18n.h>

#define SETUP_TYPE_CERTIFICATE_DIALOG (setup_certificate_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SetupCertificateDialog, setup_certificate_dialog, SETUP, CERTIFICATE_DIALOG, AdwWindow)

struct _SetupCertificateDialog
{
  AdwWindow parent_instance;
  AccountList *accounts;
  SyncEngine *engine;
  Account *account;
  char *host;
  guint port;
  char *pem;

  /* the template's */
  GtkWidget *refuse_button;
  GtkLabel *sentence_label;
  GtkLabel *problems_label;
  AdwActionRow *subject_row;
  AdwActionRow *issuer_row;
  AdwActionRow *dates_row;
  AdwActionRow *fingerprint_row;
  GtkLabel *advice_label;
  GtkWidget *trust_button;
  GtkLabel *problem_label;
};

G_DEFINE_FINAL_TYPE (SetupCertificateDialog, setup_certificate_dialog, ADW_TYPE_WINDOW)

/* In a copy first, so that nothing is trusted that could not be written down. */
static gboolean
trust (SetupCertificateDialog *self, GError **error)
{
  g_autoptr (Account) copy = NULL;

  if (account_get_id (self->account) == 0) /* the wizard's, not saved yet: it hears of the change and tests again */
    return account_trust_certificate (self->account, self->host, self->port, self->pem, error);
  copy = account_copy (self->account);
  if (!account_trust_certificate (copy, self->host, self->port, self->pem, error)
      || !account_list_save (self->accounts, copy, error))
    return FALSE;
  sync_engine_run_async (self->engine, account_get_id (self->account), SYNC_DEFAULT, NULL, NULL, NULL);
  return TRUE;
}

static void
on_trust_clicked (SetupCertificateDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *why = NULL;

  if (trust (self, &error))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  why = app_words_error (error);
  gtk_label_set_label (self->problem_label, why);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), TRUE);
}

static void
setup_certificate_dialog_dispose (GObject *object)
{
  SetupCertificateDialog *self = SETUP_CERTIFICATE_DIALOG (object);

  g_clear_object (&self->accounts);
  g_clear_object (&self->engine);
  g_clear_object (&self->account);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->pem, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), SETUP_TYPE_CERTIFICATE_DIALOG);
  G_OBJECT_CLASS (setup_certificate_dialog_parent_class)->dispose (object);
}

static void
setup_certificate_dialog_class_init (SetupCertificateDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = setup_certificate_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, POSTHORN_RESOURCE_PATH "/ui/setup/setup-certificate-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SetupCertificateDialog, refuse_button);
  gtk_widget_class_bind_template_child (widget_class, SetupCertificateDialog, sentence_label);
  gtk_widget_class_bind_template_child (widget_class, SetupCertificateDialog, problems_label);
  gtk_widget_class_bind_template_child (widget_class, SetupCertificateDialog, subject_row);
  gtk_widget_class_bind_template_child (widget_class, SetupCertificateDialog, issuer_row);
  gtk_widget_class_bind_template_child (widget_class, SetupCertificateDialog, dates_row);
  gtk_widget_class_bind_template_child (widget_class, SetupCertificateDialog, fingerprint_row);
  gtk_widget_class_bind_template_child (widget_class, SetupCertificateDialog, advice_label);
  gtk_widget_class_bind_template_child (widget_class, SetupCertificateDialog, trust_button);
  gtk_widget_class_bind_template_child (widget_class, SetupCertificateDialog, problem_label);
  gtk_widget_class_bind_template_callback (widget_class, on_trust_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
setup_certificate_dialog_init (SetupCertificateDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  app_names_groups (GTK_WIDGET (self), _("Certificate"));
}

/* "AB:CD:…" in capitals, as other programs and administrators show it */
static char *
format_fingerprint (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;
  GString *text = g_string_new (NULL);

  g_object_get (certificate, "certificate", &der, NULL);
  if (!der)
    return g_string_free (text, FALSE);
  g_checksum_update (checksum, der->data, der->len);
  g_checksum_get_digest (checksum, digest, &size);
  for (gsize i = 0; i < size; i++)
    g_string_append_printf (text, "%s%02X", i > 0 ? ":" : "", digest[i]);
  return g_string_free (text, FALSE);
}

static char *
format_date (GDateTime *date)
{
  g_autoptr (GDateTime) local = date ? g_date_time_to_local (date) : NULL;

  /* Translators: a day, in g_date_time_format ()'s letters */
  return local ? g_date_time_format (local, _("%-d %B %Y")) : g_strdup (_("unknown"));
}

static char *
format_dates (GTlsCertificate *certificate)
{
  g_autoptr (GDateTime) from = g_tls_certificate_get_not_valid_before (certificate);
  g_autoptr (GDateTime) until = g_tls_certificate_get_not_valid_after (certificate);
  g_autofree char *from_words = format_date (from);
  g_autofree char *until_words = format_date (until);

  /* Translators: two dates */
  return g_strdup_printf (_("From %1$s until %2$s"), from_words, until_words);
}

static void
show_certificate (SetupCertificateDialog *self)
{
  g_autoptr (GTlsCertificate) certificate = self->pem ? g_tls_certificate_new_from_pem (self->pem, -1, NULL) : NULL;
  g_autofree char *subject = NULL;
  g_autofree char *issuer = NULL;
  g_autofree char *dates = NULL;
  g_autofree char *fingerprint = NULL;

  gtk_widget_set_visible (self->trust_button, certificate != NULL);
  if (!certificate)
    return;
  subject = g_tls_certificate_get_subject_name (certificate);
  issuer = g_tls_certificate_get_issuer_name (certificate);
  dates = format_dates (certificate);
  fingerprint = format_fingerprint (certificate);
  adw_action_row_set_subtitle (self->subject_row, subject && *subject ? subject : _("nobody"));
  adw_action_row_set_subtitle (self->issuer_row, issuer && *issuer ? issuer : _("nobody"));
  adw_action_row_set_subtitle (self->dates_row, dates);
  adw_action_row_set_subtitle (self->fingerprint_row, fingerprint);
}

void
setup_certificate_dialog_present (GtkWindow *parent, AccountList *accounts, SyncEngine *engine, Account *account,
                                  AccountDirection direction, const GError *error)
{
  SetupCertificateDialog *self = g_object_new (SETUP_TYPE_CERTIFICATE_DIALOG, "transient-for", parent, NULL);
  g_autofree char *sentence = app_words_error (error);
  g_autofree char *advice = NULL;
  const char *host = base_error_get_host (error);

  self->accounts = g_object_ref (accounts);
  self->engine = g_object_ref (engine);
  self->account = g_object_ref (account);
  self->host = g_strdup (host ? host : account_get_host (account, direction));
  self->port = host ? base_error_get_port (error) : account_get_port (account, direction);
  self->pem = g_strdup (base_error_get_certificate (error));

  gtk_label_set_label (self->sentence_label, sentence);
  gtk_label_set_label (self->problems_label, base_error_get_certificate_problems (error));
  gtk_widget_set_visible (GTK_WIDGET (self->problems_label), base_error_get_certificate_problems (error) != NULL);
  advice = g_strdup_printf (_("Somebody who stands between you and %1$s could read your password. Trust this certificate only when you know why it is like "
                              "this, as on a server of your own, and the fingerprint is the right one. It then counts for %1$s, port %2$u, and nowhere else."),
                            self->host, self->port);
  gtk_label_set_label (self->advice_label, advice);
  show_certificate (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->refuse_button);
}
