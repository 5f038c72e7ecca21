pm.collectionVariables.set('etag', pm.response.headers.get('etag'));
