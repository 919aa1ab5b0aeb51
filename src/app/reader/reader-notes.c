/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reader should know of a message besides its words, in sentences. */
#include "reader-notes.h"

#include "base-config.h"
#include "mail-suspicion.h"

#include <glib/gi18n.h>

static const MailAddress *
get_sender (ModelBody *body)
{
  GPtrArray *from = model_body_get_from (body);

  return from->len == 1 ? from->pdata[0] : NULL;
}

/* The domains that a forger would like to be taken for: one's own colleagues' */
static GPtrArray *
list_domains (AccountList *accounts)
{
  GPtrArray *domains = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; accounts && i < g_list_model_get_n_items (G_LIST_MODEL (accounts)); i++)
    {
      g_autoptr (Account) account = g_list_model_get_item (G_LIST_MODEL (accounts), i);
      const char *domain = mail_address_get_domain (account_get_email (account));

      if (domain)
        g_ptr_array_add (domains, g_strdup (domain));
    }
  g_ptr_array_add (domains, NULL);
  return domains;
}

/* Only the server that the message was fetched from is believed. */
static MailVerdict
get_verdict (ModelBody *body, AccountList *accounts)
{
  const MailAuthentication *authentication = model_body_get_authentication (body);
  const MailAddress *sender = get_sender (body);
  const char *domain = sender ? mail_address_get_domain (sender->address) : NULL;
  Account *account = accounts ? account_list_find (accounts, model_body_get_account (body)) : NULL;
  const char *host = account ? account_get_host (account, ACCOUNT_INCOMING) : NULL;

  if (!authentication || !domain || !host || !mail_authentication_is_by (authentication, host))
    return MAIL_VERDICT_SILENT;
  return mail_authentication_judge (authentication, domain);
}

static void
add (GString *lines, char *sentence)
{
  g_string_append_printf (lines, "%s%s", lines->len ? "\n" : "", sentence);
  g_free (sentence);
}

/* The form for machines beside it: that one looks like nothing else. */
static char *
dup_both_forms (const char *domain)
{
  g_autofree char *ascii = g_hostname_to_ascii (domain);

  return ascii && !g_str_equal (ascii, domain) ? g_strdup_printf ("%s (%s)", domain, ascii) : g_strdup (domain);
}

static char *
say_suspicion (const MailSuspicion *suspicion, const MailAddress *sender)
{
  g_autofree char *domain = dup_both_forms (suspicion->domain);

  switch (suspicion->kind)
    {
    case MAIL_SUSPICION_OTHER_ADDRESS:
      /* Translators: two e-mail addresses */
      return g_strdup_printf (_("The name shows the address %1$s, but the message is from %2$s."), suspicion->seems, sender->address);
    case MAIL_SUSPICION_MIXED_LETTERS:
      /* Translators: %s is what stands behind the "@" of an address */
      return g_strdup_printf (_("%s is written in letters of several alphabets that look alike. It may be forged."), domain);
    case MAIL_SUSPICION_FOREIGN_LETTERS:
      /* Translators: both are what stands behind the "@" of an address */
      return g_strdup_printf (_("%1$s is written in foreign letters. It looks like %2$s, but is another."), domain, suspicion->seems);
    case MAIL_SUSPICION_LOOKALIKE:
    default:
      /* Translators: both are what stands behind the "@" of an address */
      return g_strdup_printf (_("%1$s looks like %2$s, but is another."), domain, suspicion->seems);
    }
}

char *
reader_notes_dup_warnings (ModelBody *body, AccountList *accounts)
{
  const MailAddress *sender = get_sender (body);
  g_autoptr (GPtrArray) domains = list_domains (accounts);
  g_autoptr (MailSuspicion) suspicion = sender ? mail_suspicion_find (sender, (const char *const *) domains->pdata) : NULL;
  g_autoptr (GString) lines = g_string_new (NULL);

  if (suspicion)
    add (lines, say_suspicion (suspicion, sender));
  if (get_verdict (body, accounts) == MAIL_VERDICT_DOUBTED)
    /* Translators: a server's name, and what stands behind the "@" of an address */
    add (lines, g_strdup_printf (_("%1$s found that this message does not come from %2$s. It is probably forged."),
                                 model_body_get_authentication (body)->server, mail_address_get_domain (sender->address)));
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

char *
reader_notes_dup_remarks (ModelBody *body, AccountList *accounts)
{
  static const struct { ModelProtection protection; const char *sentence; } words[] = {
    { MODEL_ENCRYPTED_PGP, N_("This message is encrypted (OpenPGP). Posthorn cannot decrypt it; save it to open it with another program.") },
    { MODEL_ENCRYPTED_SMIME, N_("This message is encrypted (S/MIME). Posthorn cannot decrypt it; save it to open it with another program.") },
    { MODEL_SIGNED_PGP, N_("This message carries a signature (OpenPGP). Posthorn does not check it.") },
    { MODEL_SIGNED_SMIME, N_("This message carries a signature (S/MIME). Posthorn does not check it.") },
  };
  g_autofree char *warnings = reader_notes_dup_warnings (body, accounts);
  ModelProtection protection = model_body_get_protection (body);
  g_autoptr (GString) lines = g_string_new (NULL);

  if (!*warnings && get_verdict (body, accounts) == MAIL_VERDICT_CONFIRMED)
    /* Translators: a server's name, and what stands behind the "@" of an address */
    add (lines, g_strdup_printf (_("%1$s confirms that this message comes from %2$s."), model_body_get_authentication (body)->server,
                                 mail_address_get_domain (get_sender (body)->address)));
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (protection & words[i].protection)
      add (lines, g_strdup (_(words[i].sentence)));
  return g_string_free (g_steal_pointer (&lines), FALSE);
}
