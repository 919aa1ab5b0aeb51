/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message being written: what the composer binds to. */
#include "mime-signature.h"
#include "model-draft-file.h"
#include "model-draft-private.h"
#include "store.h"

#include <string.h>

enum
{
  PROP_IDENTITY = 1,
  PROP_ACCOUNT,
  PROP_TO,
  PROP_CC,
  PROP_BCC,
  PROP_SUBJECT,
  PROP_TEXT,
  PROP_FILES,
  PROP_ASKS_RECEIPT,
  PROP_IS_CHANGED,
  PROP_IS_RICH,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];
static guint signed_signal;

G_DEFINE_FINAL_TYPE (ModelDraft, model_draft, G_TYPE_OBJECT)

void
model_draft_note_kept (ModelDraft *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_CHANGED]);
}

static void
set_text (ModelDraft *self, ModelDraftText which, const char *text)
{
  if (g_strcmp0 (self->texts[which], text ? text : "") == 0)
    return;
  g_free (self->texts[which]);
  self->texts[which] = g_strdup (text ? text : "");
  model_draft_note_edit (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TO + which]);
}

/* Who sends, and what they sign with */

static AccountIdentity *
find_identity (ModelDraft *self, Account *account, const char *address)
{
  GListModel *list = G_LIST_MODEL (self->identities);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (AccountIdentity) identity = g_list_model_get_item (list, i);

      if ((!account || account_identity_get_account (identity) == account)
          && (!address || mail_address_equal (account_identity_get_address (identity), address)))
        return identity; /* the list's */
    }
  return NULL;
}

static const char *
get_signature (AccountIdentity *identity)
{
  return identity ? account_identity_get_signature (identity) : "";
}

static void
swap_signature (ModelDraft *self, char **text, const char *old, const char *signature)
{
  char *swapped = mime_signature_swap (*text, old, signature, self->quote);

  g_free (*text);
  *text = swapped;
}

static void
set_identity (ModelDraft *self, AccountIdentity *identity)
{
  g_autoptr (AccountIdentity) old = self->identity ? g_object_ref (self->identity) : NULL;

  if (!identity || !g_set_object (&self->identity, identity))
    return;
  swap_signature (self, &self->begun_with[MODEL_DRAFT_BODY], get_signature (old), get_signature (identity));
  if (self->is_rich)
    model_draft_swap_html_signature (self, get_signature (old), get_signature (identity));
  else
    swap_signature (self, &self->texts[MODEL_DRAFT_BODY], get_signature (old), get_signature (identity));
  model_draft_note_edit (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IDENTITY]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TO + MODEL_DRAFT_BODY]);
}

static void
on_files_changed (GListModel *files, guint position, guint removed, guint added, ModelDraft *self)
{
  model_draft_note_edit (self);
}

/* The object */

static void
model_draft_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ModelDraft *self = MODEL_DRAFT (object);

  switch (id)
    {
    case PROP_IDENTITY:
      g_value_set_object (value, self->identity);
      break;
    case PROP_ACCOUNT:
      g_value_set_object (value, self->identity ? account_identity_get_account (self->identity) : NULL);
      break;
    case PROP_TO:
    case PROP_CC:
    case PROP_BCC:
    case PROP_SUBJECT:
      g_value_set_string (value, self->texts[id - PROP_TO]);
      break;
    case PROP_TEXT:
      g_value_set_string (value, model_draft_get_written_text (self));
      break;
    case PROP_FILES:
      g_value_set_object (value, self->files);
      break;
    case PROP_ASKS_RECEIPT:
      g_value_set_boolean (value, self->asks_receipt);
      break;
    case PROP_IS_CHANGED:
      g_value_set_boolean (value, model_draft_is_changed (self));
      break;
    case PROP_IS_RICH:
      g_value_set_boolean (value, self->is_rich);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
model_draft_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ModelDraft *self = MODEL_DRAFT (object);

  switch (id)
    {
    case PROP_IDENTITY:
      set_identity (self, g_value_get_object (value));
      break;
    case PROP_ACCOUNT:
      if (!self->identity || account_identity_get_account (self->identity) != g_value_get_object (value))
        set_identity (self, find_identity (self, g_value_get_object (value), NULL));
      break;
    case PROP_TO:
    case PROP_CC:
    case PROP_BCC:
    case PROP_SUBJECT:
    case PROP_TEXT:
      set_text (self, id - PROP_TO, g_value_get_string (value));
      break;
    case PROP_ASKS_RECEIPT:
      if (self->asks_receipt == g_value_get_boolean (value))
        break;
      self->asks_receipt = g_value_get_boolean (value);
      model_draft_note_edit (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
model_draft_finalize (GObject *object)
{
  ModelDraft *self = MODEL_DRAFT (object);

  g_assert (g_queue_is_empty (&self->jobs)); /* every task holds a reference */
  for (ModelDraftText which = 0; which < MODEL_DRAFT_N_TEXTS; which++)
    {
      g_free (self->texts[which]);
      g_free (self->begun_with[which]);
    }
  g_free (self->quote);
  g_free (self->html);
  g_free (self->text_of_html);
  g_free (self->text_left_behind);
  g_free (self->begun_html);
  g_hash_table_unref (self->pictures);
  g_clear_object (&self->identity);
  g_clear_object (&self->identities);
  g_signal_handlers_disconnect_by_data (self->files, self);
  g_object_unref (self->files);
  g_free (self->in_reply_to);
  g_strfreev (self->references);
  g_clear_object (&self->accounts);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (model_draft_parent_class)->finalize (object);
}

static void
model_draft_class_init (ModelDraftClass *klass)
{
  static const char *const names[MODEL_DRAFT_N_TEXTS] = { "to", "cc", "bcc", "subject", "text" };
  const GParamFlags read_write = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags read_only = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = model_draft_get_property;
  object_class->set_property = model_draft_set_property;
  object_class->finalize = model_draft_finalize;

  properties[PROP_IDENTITY] = g_param_spec_object ("identity", NULL, NULL, ACCOUNT_TYPE_IDENTITY, read_write);
  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, ACCOUNT_TYPE_ACCOUNT, read_write);
  for (ModelDraftText which = 0; which < MODEL_DRAFT_N_TEXTS; which++)
    properties[PROP_TO + which] = g_param_spec_string (names[which], NULL, NULL, "", read_write);
  properties[PROP_FILES] = g_param_spec_object ("files", NULL, NULL, G_TYPE_LIST_MODEL, read_only);
  properties[PROP_ASKS_RECEIPT] = g_param_spec_boolean ("asks-receipt", NULL, NULL, FALSE, read_write);
  properties[PROP_IS_CHANGED] = g_param_spec_boolean ("is-changed", NULL, NULL, FALSE, read_only);
  properties[PROP_IS_RICH] = g_param_spec_boolean ("is-rich", NULL, NULL, FALSE, read_only);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signed_signal = g_signal_new ("signed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                                G_TYPE_STRING);
}

static void
model_draft_init (ModelDraft *self)
{
  for (ModelDraftText which = 0; which < MODEL_DRAFT_N_TEXTS; which++)
    {
      self->texts[which] = g_strdup ("");
      self->begun_with[which] = g_strdup ("");
    }
  self->references = g_new0 (char *, 1);
  self->files = g_list_store_new (MODEL_TYPE_DRAFT_FILE);
  self->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_signal_connect (self->files, "items-changed", G_CALLBACK (on_files_changed), self);
}

static ModelDraft *
make (Store *store, AccountList *accounts, Account *account, const char *address)
{
  ModelDraft *self = g_object_new (MODEL_TYPE_DRAFT, NULL);
  AccountIdentity *identity;

  self->store = g_object_ref (store);
  self->accounts = g_object_ref (accounts);
  self->identities = account_identity_list (accounts);
  identity = address ? find_identity (self, NULL, address) : NULL;
  if (!identity)
    identity = find_identity (self, account, NULL);
  self->identity = identity ? g_object_ref (identity) : NULL;
  return self;
}

/* The text that is begun with: the signature in its place. */
static void
sign (ModelDraft *self)
{
  swap_signature (self, &self->texts[MODEL_DRAFT_BODY], "", get_signature (self->identity));
  g_free (self->begun_with[MODEL_DRAFT_BODY]);
  self->begun_with[MODEL_DRAFT_BODY] = g_strdup (self->texts[MODEL_DRAFT_BODY]);
}

ModelDraft *
model_draft_new (Store *store, AccountList *accounts, Account *account)
{
  ModelDraft *self = make (store, accounts, account, NULL);

  sign (self);
  return self;
}

ModelDraft *
model_draft_new_request (Store *store, AccountList *accounts, Account *account, const ModelDraftRequest *request)
{
  ModelDraft *self = model_draft_new (store, accounts, account);
  g_autofree char *text = g_strconcat (request->text, self->texts[MODEL_DRAFT_BODY], NULL);

  g_object_set (self, "to", request->to, "cc", request->cc, "bcc", request->bcc, "subject", request->subject, "text", text, NULL);
  if (request->in_reply_to && *request->in_reply_to)
    {
      self->in_reply_to = g_strdup (request->in_reply_to);
      g_strfreev (self->references);
      self->references = g_new0 (char *, 2);
      self->references[0] = g_strdup (request->in_reply_to);
    }
  return self;
}

static void
begin_text (ModelDraft *self, ModelDraftText which, char *text, gboolean is_kept)
{
  g_free (self->texts[which]);
  self->texts[which] = text;
  if (is_kept)
    return;
  g_free (self->begun_with[which]);
  self->begun_with[which] = g_strdup (text);
}

/* The quote above or under the place to write at, and the signature where that place ends. */
static void
begin_answer (ModelDraft *self, ModelDraftWishes wishes)
{
  char **text = &self->texts[MODEL_DRAFT_BODY];
  const char *quoted = *text + strspn (*text, "\n");

  if ((wishes & MODEL_DRAFT_QUOTE_FIRST) && self->answer_flag == MAIL_FLAG_ANSWERED && *quoted)
    {
      char *turned = g_strconcat (quoted, *get_signature (self->identity) ? "\n\n" : "\n", NULL);

      self->cursor = (guint) g_utf8_strlen (quoted, -1) + 1;
      g_free (*text);
      *text = turned;
    }
  else
    self->quote = g_strdup (*text);
  sign (self);
}

ModelDraft *
model_draft_new_from_beginning (Store *store, AccountList *accounts, const ModelDraftBeginning *beginning, ModelDraftWishes wishes)
{
  const MimeDraft *value = beginning->value;
  gboolean is_kept = beginning->id != 0;
  ModelDraft *self = make (store, accounts, account_list_find (accounts, beginning->account), value->from ? value->from->address : NULL);

  begin_text (self, MODEL_DRAFT_TO, mail_address_list_to_string (value->to), is_kept);
  begin_text (self, MODEL_DRAFT_CC, mail_address_list_to_string (value->cc), is_kept);
  begin_text (self, MODEL_DRAFT_BCC, mail_address_list_to_string (value->bcc), is_kept);
  begin_text (self, MODEL_DRAFT_SUBJECT, g_strdup (value->subject ? value->subject : ""), is_kept);
  begin_text (self, MODEL_DRAFT_BODY, g_strdup (value->text ? value->text : ""), is_kept);
  for (guint i = 0; i < value->files->len; i++)
    {
      const MimeDraftFile *file = g_ptr_array_index (value->files, i);
      g_autoptr (ModelDraftFile) item = model_draft_file_new (file->name, file->content_type, file->data);

      g_list_store_append (self->files, item);
    }
  self->n_begun_files = is_kept ? 0 : value->files->len;
  self->asks_receipt = value->asks_receipt && is_kept;
  self->in_reply_to = g_strdup (value->in_reply_to);
  g_strfreev (self->references);
  self->references = g_strdupv (value->references);
  self->id = beginning->id;
  self->answers = beginning->answers;
  self->answer_flag = beginning->answer_flag;
  if (self->answer_flag != 0)
    begin_answer (self, wishes);
  if (value->html)
    model_draft_begin_html (self, g_strdup (value->html), wishes);
  for (guint i = 0; i < value->pictures->len; i++)
    {
      const MimeDraftFile *picture = g_ptr_array_index (value->pictures, i);

      model_draft_put_picture (self, picture->content_id, model_draft_file_new (picture->name, picture->content_type, picture->data));
    }
  self->saved_edits = self->edits = 0;
  return self;
}

Store *
model_draft_get_store (ModelDraft *self)
{
  return self->store;
}

GListModel *
model_draft_get_identities (ModelDraft *self)
{
  return G_LIST_MODEL (self->identities);
}

guint
model_draft_get_cursor (ModelDraft *self)
{
  return self->cursor;
}

GListModel *
model_draft_get_files (ModelDraft *self)
{
  return G_LIST_MODEL (self->files);
}

gint64
model_draft_get_id (ModelDraft *self)
{
  return self->id;
}

gboolean
model_draft_is_answer (ModelDraft *self)
{
  return self->answers != 0;
}

gboolean
model_draft_is_blank (ModelDraft *self)
{
  for (ModelDraftText which = 0; which < MODEL_DRAFT_N_TEXTS; which++)
    if (!(self->is_rich && which == MODEL_DRAFT_BODY) && strcmp (self->texts[which], self->begun_with[which]) != 0)
      return FALSE;
  if (self->is_rich && !model_draft_is_html_blank (self))
    return FALSE;
  return g_list_model_get_n_items (G_LIST_MODEL (self->files)) == self->n_begun_files;
}

char *
model_draft_find_bad_address (const char *text)
{
  g_autoptr (GPtrArray) list = mail_address_list_parse (text);

  for (guint i = 0; i < list->len; i++)
    {
      const MailAddress *entry = g_ptr_array_index (list, i);

      if (!mail_address_is_valid (entry->address))
        return *entry->address ? g_strdup (entry->address) : g_strdup (entry->name);
    }
  return NULL;
}

void
model_draft_detach (ModelDraft *self, guint position)
{
  g_list_store_remove (self->files, position);
}
