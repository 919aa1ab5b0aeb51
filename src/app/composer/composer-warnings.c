/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks at a draft that is about to go, and words what may have been forgotten. */
#include "composer-warnings.h"

#include "base-config.h"
#include "mail-address.h"

#include <glib/gi18n.h>

static guint
count_visible (ModelDraft *draft)
{
  g_autofree char *to = NULL;
  g_autofree char *cc = NULL;
  g_autoptr (GPtrArray) to_list = NULL;
  g_autoptr (GPtrArray) cc_list = NULL;

  g_object_get (draft, "to", &to, "cc", &cc, NULL);
  to_list = mail_address_list_parse (to);
  cc_list = mail_address_list_parse (cc);
  return to_list->len + cc_list->len;
}

char *
composer_warnings_describe (ModelDraft *draft, ModelWarnings warnings, const char *domain)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (warnings & MODEL_WARNING_ATTACHMENT)
    g_string_append_printf (text, " %s", _("You write of an attachment, and there is none."));
  if (warnings & MODEL_WARNING_SUBJECT)
    g_string_append_printf (text, " %s", _("The message has no subject."));
  if (warnings & MODEL_WARNING_RECIPIENTS)
    g_string_append_printf (text, " %s", _("Everybody sees the addresses of all the others."));
  if (warnings & MODEL_WARNING_DOMAIN && domain)
    {
      /* Translators: %s is the part of an address after the @ */
      g_autofree char *sentence = g_strdup_printf (_("No mail server is known for “%s”. Is the address right?"), domain);

      g_string_append_printf (text, " %s", sentence);
    }
  if (warnings & MODEL_WARNING_SIZE)
    {
      g_autofree char *size = g_format_size ((guint64) model_draft_estimate_size (draft));
      g_autofree char *limit = g_format_size ((guint64) model_draft_get_limit (draft));
      /* Translators: both are sizes, as "31.4 MB" */
      g_autofree char *sentence = g_strdup_printf (_("The message has about %1$s, and the mail server takes no more than %2$s."), size, limit);

      g_string_append_printf (text, " %s", sentence);
    }
  return g_strdup (text->str + 1);
}

gboolean
composer_warnings_is_over_limit (ModelDraft *draft)
{
  gint64 limit = model_draft_get_limit (draft);

  return limit > 0 && model_draft_estimate_size (draft) > limit;
}

ModelWarnings
composer_warnings_find (ModelDraft *draft)
{
  g_autofree char *subject = NULL;
  g_autofree char *text = NULL;

  g_object_get (draft, "subject", &subject, "text", &text, NULL);
  return model_draft_warnings_find (subject, text, g_list_model_get_n_items (model_draft_get_files (draft)), count_visible (draft))
         | (composer_warnings_is_over_limit (draft) ? MODEL_WARNING_SIZE : 0);
}

void
composer_warnings_hide_recipients (ModelDraft *draft)
{
  g_autofree char *to = NULL;
  g_autofree char *cc = NULL;
  g_autofree char *bcc = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *typed = NULL;
  g_autofree char *all = NULL;

  g_object_get (draft, "to", &to, "cc", &cc, "bcc", &bcc, NULL);
  typed = g_strjoin (", ", to, cc, bcc, NULL);
  list = mail_address_list_parse (typed); /* without what is empty */
  all = mail_address_list_to_string (list);
  g_object_set (draft, "to", "", "cc", "", "bcc", all, NULL);
}
